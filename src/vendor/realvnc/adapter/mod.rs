//! RealVNC Connect as a fleet: the vendor's words on one side, the administrator's on the other.

mod lacks;
mod observe;
mod reader;
mod recall;
mod records;
mod writer;
