//! RealVNC Connect as a fleet: the vendor's words on one side, the administrator's on the other.

mod invite;
mod lacks;
mod lists;
mod observe;
mod people;
mod presence;
mod reader;
mod recall;
mod records;
mod sight;
mod wanted;
mod writer;
