//! Placeholder of the room `script`.
