//! Several requests under way at the same time, and never more than a few.

use futures_util::{StreamExt as _, stream};

/// How many requests of one question are under way at once. The transport has a bound of its own for all questions
/// together; this one keeps a question of thousands from standing in line before everybody else's.
const MOST: usize = 8;

/// Asks about each of some items, a few at once, and returns the answers in the order of the items.
pub(super) async fn each<'a, I, F: Future>(items: &'a [I], ask: impl Fn(&'a I) -> F) -> Vec<F::Output> {
    // Nothing is sent before it is polled.
    let requests: Vec<F> = items.iter().map(ask).collect();
    stream::iter(requests).buffered(MOST).collect().await
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use tokio::sync::Barrier;

    use super::*;

    #[tokio::test]
    async fn answers_come_in_the_order_of_the_items_whichever_is_first() {
        let items: Vec<u64> = (0..30).collect();
        let answers = each(&items, |item| async move {
            for _ in 0..(item * 7) % 5 {
                tokio::task::yield_now().await;
            }
            item * 2
        })
        .await;
        let doubled: Vec<u64> = items.iter().map(|item| item * 2).collect();
        assert_eq!(answers, doubled);
        assert!(each(&[], |item: &u64| async move { *item }).await.is_empty());
    }

    #[tokio::test]
    async fn a_few_are_under_way_at_once_and_no_more() {
        let (now, most) = (AtomicUsize::new(0), AtomicUsize::new(0));
        // Nobody gets past it before a full handful has come.
        let full = Barrier::new(MOST);
        each(&[(); 3 * MOST], |()| async {
            most.fetch_max(now.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
            full.wait().await;
            now.fetch_sub(1, Ordering::SeqCst);
        })
        .await;
        assert_eq!(most.load(Ordering::SeqCst), MOST);
    }
}
