//! Several requests under way at the same time, and never more than a few.

use std::future::poll_fn;
use std::pin::Pin;
use std::task::Poll;

/// How many requests of one question are under way at once. The transport has a bound of its own for all questions
/// together; this one keeps a question of thousands from standing in line before everybody else's.
const MOST: usize = 8;

/// Asks about each of some items, a few at once, and returns the answers in the order of the items.
pub(super) async fn each<'a, I, F: Future>(items: &'a [I], ask: impl Fn(&'a I) -> F) -> Vec<F::Output> {
    let mut waiting = items.iter().enumerate();
    let mut under_way: Vec<(usize, Pin<Box<F>>)> = Vec::with_capacity(MOST);
    let mut answers: Vec<Option<F::Output>> = items.iter().map(|_| None).collect();
    poll_fn(|context| {
        loop {
            let room = MOST - under_way.len();
            under_way.extend(
                waiting
                    .by_ref()
                    .take(room)
                    .map(|(at, item)| (at, Box::pin(ask(item)))),
            );
            let begun = under_way.len();
            under_way.retain_mut(|(at, request)| match request.as_mut().poll(context) {
                Poll::Ready(answer) => {
                    answers[*at] = Some(answer);
                    false
                }
                Poll::Pending => true,
            });
            if begun == 0 {
                return Poll::Ready(());
            }
            // None has ended: each of them has left word that it wants to be asked again.
            if under_way.len() == begun {
                return Poll::Pending;
            }
        }
    })
    .await;
    answers.into_iter().flatten().collect()
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
