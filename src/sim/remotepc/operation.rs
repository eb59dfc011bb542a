//! The 13 operations of the Enterprise API: name, method and path, in one table. The page has titles for them; the names are
//! made from those.

use axum::http::Method;

use crate::sim::operation::operations;

operations! {
    /// An operation of the Enterprise API.
    Operation: 13;

    /// Invites people by their addresses.
    InviteUsers = "inviteUsers", POST "/rpcnew/api/msp/user/invite";
    /// Makes a user, with a name and a password.
    CreateUser = "createUser", POST "/rpcnew/api/msp/user/create";
    /// Deletes users, and withdraws invitations.
    DeleteUsers = "deleteUsers", POST "/rpcnew/api/msp/user/delete";
    /// Lists users.
    GetUsers = "getUsers", GET "/rpcnew/api/msp/user/list";
    /// Assigns computers to a user.
    AssignComputer = "assignComputer", POST "/rpcnew/api/msp/computer/assign";
    /// Takes computers from a user.
    UnassignComputer = "unassignComputer", POST "/rpcnew/api/msp/computer/unassign";
    /// Makes a group, and moves computers there.
    CreateGroup = "createGroup", POST "/rpcnew/api/msp/computer/group/create";
    /// Removes computers from the account.
    RemoveComputers = "removeComputers", POST "/rpcnew/api/msp/computer/remove";
    /// Writes the comment of a computer.
    AddComment = "addComment", POST "/rpcnew/api/msp/computer/comments/add";
    /// Lists computers.
    GetDevices = "getDevices", GET "/rpcnew/api/msp/computer/list";
    /// Lists the computers of a user.
    GetUsersDevices = "getUsersDevices", GET "/rpcnew/api/msp/computer/list/{username}";
    /// Moves computers to a group.
    MoveComputers = "moveComputers", POST "/rpcnew/api/msp/computer/group/move";
    /// Makes an address at which a computer can be viewed.
    GetConnectUrl = "getConnectUrl", POST "/rpcnew/api/msp/computer/get/connectUrl";
}

impl Operation {
    /// Tells whether the operation changes the account. An address to connect at is one that was not there before.
    pub fn writes(self) -> bool {
        self.method() == Method::POST
    }
}
