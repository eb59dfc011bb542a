//! The way back, as a user meets it: `undo`, `restore` and `apply --resume`.

mod drifted;
mod interrupted;
mod practice;
mod refused;
mod restored;
mod resumed;
mod undone;
