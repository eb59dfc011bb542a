//! What the vendor says when it refuses: the page's own words, slips of grammar and all.

pub const NOT_AUTHORIZED: &str = "NOT_AUTHORIZED";
/// With the blank at its end.
pub const FORBIDDEN: &str = "Forbidden ";
pub const FAILED: &str = "FAILED";

pub const INVALID_USER: &str = "Invalid user";
pub const INVALID_PERMISSION: &str = "Invalid user permission";
pub const INVALID_PLAN: &str = "Invalid user plan";

pub const INVALID_TWO_FACTOR: &str = "Invalid two factor status";
pub const FIRST_NAME_BLANK: &str = "First name cannot be blank";
pub const FIRST_NAME_LETTERS: &str = "First name can contain a-z, A-Z and space";
pub const LAST_NAME_BLANK: &str = "Last name cannot be blank";
pub const LAST_NAME_LETTERS: &str = "Last name can contain a-z, A-Z and space";
pub const EMAIL_BLANK: &str = "Username/Email cannot be blank";
pub const EMAIL_INVALID: &str = "Enter a valid Username/Email";
pub const PASSWORD_BLANK: &str = "Password cannot be blank";
pub const PASSWORD_LETTERS: &str =
    r#"Password can contain A-Z, a-z, 0-9 and ~`!@#$%^&*()-_+={}|[];\'\"<>,.?/"#;
pub const PASSWORD_LENGTH: &str = "Password should be between 6 - 20 characters";
pub const EMAIL_IN_USE: &str = "Email is already in use or already invited.";
pub const EMAIL_ELSEWHERE: &str = "Email in use with other Admin";

pub const USERNAME_REQUIRED: &str = "Username is required";
pub const USERNAME_INVALID: &str = "Invalid username";
pub const USER_NOT_FOUND: &str = "User not found";

pub const NAMES_MISSING: &str = "Computer names are not found in the request";
pub const NAME_BLANK: &str = "Computer name can not be blank";
pub const COMPUTERS_NOT_FOUND: &str = "Computer(s) not found";
pub const COMPUTER_NOT_FOUND: &str = "Computer not found";
pub const TOO_MANY: &str = "Exceeded computers limit";
pub const COMMENT_BLANK: &str = "Comments can not be blank";
pub const COMMENT_LENGTH: &str = "Comments length should be between 6 to 250";

pub const GROUP_BLANK: &str = "Group name can not be blank";
pub const GROUP_INVALID: &str = "Invalid group name";
pub const GROUP_EXISTS: &str = "Group name is already exists";
pub const GROUP_ABSENT: &str = "Group name does not exists";

pub const PAGE_INVALID: &str = "Invalid page index";

pub const MACHINE_INVALID: &str = "Invalid machine_id";
pub const MACHINE_OR_USER: &str = "invalid host_machine_id or username";
