//! Taking a lock that somebody may have panicked with.

use std::sync::{Mutex, MutexGuard, PoisonError};

/// Takes a lock. What is kept behind one is changed in single steps, so that whoever panicked with it has left a value
/// that is still sound: a second panic would help nobody.
pub fn held<T: ?Sized>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;

    #[test]
    fn a_lock_that_somebody_panicked_with_can_be_taken() {
        let count = Arc::new(Mutex::new(1));
        let other = Arc::clone(&count);
        std::thread::spawn(move || {
            let _taken = other.lock();
            panic!("this is what the test is about");
        })
        .join()
        .unwrap_err();
        assert!(count.is_poisoned());
        *held(&count) += 1;
        assert_eq!(*held(&count), 2);
    }
}
