//! Placeholder of the room `plan`.
