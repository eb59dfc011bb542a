//! Placeholder of the room `vendor`.
