//! The clients against the vendors' own examples: `.ci/contract` starts mocks that answer with them.

mod realvnc;
mod remotepc;

/// Said where a test is run that needs a mock.
const WHY_IGNORED: &str = "DESKHAND_MOCK_URL names the mock; .ci/contract sets it";
