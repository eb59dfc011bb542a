//! A simulated vendor, whichever it is: inside the program for `--demo`, for other programs with `deskhand simulate`.

use crate::sim::{Error, realvnc, remotepc};

/// How a vendor is to be simulated.
pub enum Options {
    /// RealVNC Connect.
    RealVnc(realvnc::Options),
    /// RemotePC Enterprise.
    RemotePc(remotepc::Options),
}

/// A simulated vendor that answers on a port of this machine, until it is shut down or dropped.
pub enum Simulated {
    /// RealVNC Connect.
    RealVnc(realvnc::Running),
    /// RemotePC Enterprise.
    RemotePc(remotepc::Running),
}

impl Simulated {
    /// Makes the fleet, or takes it from its file, and answers for it.
    pub async fn start(options: Options) -> Result<Self, Error> {
        match options {
            Options::RealVnc(options) => realvnc::Server::start(options).await.map(Self::RealVnc),
            Options::RemotePc(options) => remotepc::Server::start(options).await.map(Self::RemotePc),
        }
    }

    /// Ends the server; requests under way are answered first.
    pub async fn shut_down(self) {
        match self {
            Self::RealVnc(running) => running.shutdown().await,
            Self::RemotePc(running) => running.shutdown().await,
        }
    }
}
