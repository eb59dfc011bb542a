//! Going on with a run that was broken off: what is read back, what is sent, and what never is.
