//! The binary against each vendor over the network. `.ci/contract` puts a proxy in between that knows the vendor's contract.

mod golden;
mod realvnc;
mod remotepc;
