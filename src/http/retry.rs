//! When a request is sent again, and after which pause; and when all others have to wait as well.

use std::time::{Duration, SystemTime};

use reqwest::header::{DATE, HeaderMap, RETRY_AFTER};

use super::{Error, Replay, Retry};

/// Returns the pause before the next attempt, or nothing if there is to be none.
///
/// `attempt` is the number of the attempt that failed, starting at 1.
pub(super) fn pause(error: &Error, replay: Replay, attempt: u32, policy: &Retry) -> Option<Duration> {
    if !worthwhile(error, replay) || attempt >= most_attempts(error, policy) {
        return None;
    }
    let own = backoff(attempt, policy);
    match error.retry_after() {
        Some(asked) if asked > policy.longest_retry_after => None,
        // Requests that were turned away together must not come back together.
        Some(asked) if !asked.is_zero() => Some(asked + jitter(policy.first_pause)),
        _ => Some(own),
    }
}

/// Returns how long nothing more is to be sent, or nothing if the failure concerns this request alone. A wait that is too
/// long for a request is too long for all of them: they go on, more slowly, and are told so in their turn.
pub(super) fn slow_down(error: &Error, policy: &Retry) -> Option<Duration> {
    let asked = error.retry_after().filter(|asked| !asked.is_zero());
    match (error.status()?, asked) {
        (429 | 503, Some(asked)) if asked > policy.longest_retry_after => Some(Duration::ZERO),
        (429 | 503, Some(asked)) => Some(asked),
        (429, None) => Some(jitter(policy.first_pause)),
        _ => None,
    }
}

/// Tells whether sending again is allowed and may help.
fn worthwhile(error: &Error, replay: Replay) -> bool {
    match error {
        // Nothing was carried out, so that any request may go again.
        Error::Connect { .. } | Error::Status { status: 429, .. } => true,
        Error::Timeout { .. } | Error::Broken { .. } => replay == Replay::Safe,
        // What the other side does not implement, it will not implement a moment later.
        Error::Status { status: 501, .. } => false,
        Error::Status { status, .. } => replay == Replay::Safe && (*status == 408 || *status >= 500),
        _ => false,
    }
}

fn most_attempts(error: &Error, policy: &Retry) -> u32 {
    match error {
        Error::Connect { source, .. } => policy.attempts.min(source.most_attempts()),
        _ => policy.attempts,
    }
}

/// Draws a pause between zero and a bound that doubles with each attempt ("full jitter").
fn backoff(attempt: u32, policy: &Retry) -> Duration {
    let bound = policy
        .first_pause
        .saturating_mul(2_u32.saturating_pow(attempt.saturating_sub(1)));
    jitter(bound.min(policy.longest_pause))
}

fn jitter(bound: Duration) -> Duration {
    bound.mul_f64(fastrand::f64())
}

/// Reads `Retry-After`, in seconds or as a date. A date is taken relative to the answer's own `Date`, where it has
/// one, so that a wrong clock on this side does no harm. One that has passed is zero.
pub(super) fn retry_after(headers: &HeaderMap, now: SystemTime) -> Option<Duration> {
    let text = headers.get(RETRY_AFTER)?.to_str().ok()?.trim();
    if !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit()) {
        // More digits than fit is a wait without end, not a header to be ignored.
        return Some(Duration::from_secs(text.parse().unwrap_or(u64::from(u32::MAX))));
    }
    let until = httpdate::parse_http_date(text).ok()?;
    let sent = headers
        .get(DATE)
        .and_then(|date| httpdate::parse_http_date(date.to_str().ok()?).ok())
        .unwrap_or(now);
    Some(until.duration_since(sent).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use reqwest::header::HeaderValue;

    use super::*;
    use crate::http::{ConnectCause, Delivery, ErrorBody};

    const POLICY: Retry = Retry {
        attempts: 5,
        first_pause: Duration::from_millis(100),
        longest_pause: Duration::from_millis(400),
        longest_retry_after: Duration::from_secs(120),
    };

    fn status(status: u16, retry_after: Option<u64>) -> Error {
        Error::Status {
            operation: "op",
            origin: String::new(),
            status,
            body: ErrorBody::default(),
            retry_after: retry_after.map(Duration::from_secs),
            delivery: Delivery::Unknown,
            attempts: 1,
        }
    }

    fn unconnected(source: ConnectCause) -> Error {
        Error::Connect {
            origin: String::new(),
            proxy: None,
            delivery: Delivery::NotCarriedOut,
            source,
        }
    }

    fn timeout() -> Error {
        Error::Timeout {
            operation: "op",
            origin: String::new(),
            after: Duration::ZERO,
            delivery: Delivery::Unknown,
        }
    }

    fn again(error: &Error, replay: Replay) -> bool {
        pause(error, replay, 1, &POLICY).is_some()
    }

    #[test]
    fn a_safe_request_goes_again_after_what_may_pass() {
        for code in [408, 429, 500, 502, 503, 504, 520] {
            assert!(again(&status(code, None), Replay::Safe), "{code}");
        }
        for code in [400, 401, 403, 404, 409, 412, 428, 501] {
            assert!(!again(&status(code, None), Replay::Safe), "{code}");
        }
        assert!(again(&timeout(), Replay::Safe));
    }

    #[test]
    fn an_unsafe_request_goes_again_only_if_nothing_was_carried_out() {
        assert!(again(&status(429, None), Replay::OnlyUnsent));
        assert!(again(&unconnected(ConnectCause::Refused), Replay::OnlyUnsent));
        for code in [408, 500, 502, 503, 504] {
            assert!(!again(&status(code, Some(1)), Replay::OnlyUnsent), "{code}");
        }
        assert!(!again(&timeout(), Replay::OnlyUnsent));
    }

    #[test]
    fn attempts_are_counted() {
        assert!(pause(&status(503, None), Replay::Safe, 4, &POLICY).is_some());
        assert!(pause(&status(503, None), Replay::Safe, 5, &POLICY).is_none());
    }

    #[test]
    fn a_failed_connection_is_given_up_sooner() {
        let unresolved = unconnected(ConnectCause::Unresolved { why: String::new() });
        assert!(pause(&unresolved, Replay::Safe, 2, &POLICY).is_some());
        assert!(pause(&unresolved, Replay::Safe, 3, &POLICY).is_none());
        let untrusted = unconnected(ConnectCause::Certificate {
            why: String::new(),
            advice: "",
        });
        assert!(pause(&untrusted, Replay::Safe, 1, &POLICY).is_none());
    }

    #[test]
    fn pauses_stay_below_a_doubling_bound_with_a_cap() {
        for (attempt, bound) in [(1, 100), (2, 200), (3, 400), (4, 400), (40, 400)] {
            for _ in 0..200 {
                assert!(
                    backoff(attempt, &POLICY) <= Duration::from_millis(bound),
                    "{attempt}"
                );
            }
        }
    }

    #[test]
    fn what_the_vendor_asks_for_wins_over_our_own_pause() {
        let pause = pause(&status(429, Some(7)), Replay::Safe, 1, &POLICY).unwrap();
        assert!(
            pause >= Duration::from_secs(7) && pause <= Duration::from_millis(7_100),
            "{pause:?}"
        );
    }

    #[test]
    fn a_wait_of_no_time_falls_back_to_our_own_pause() {
        assert!(pause(&status(429, Some(0)), Replay::Safe, 1, &POLICY).unwrap() <= POLICY.first_pause);
    }

    #[test]
    fn a_wait_that_is_too_long_is_not_waited_for() {
        assert!(pause(&status(429, Some(120)), Replay::Safe, 1, &POLICY).is_some());
        assert!(pause(&status(429, Some(121)), Replay::Safe, 1, &POLICY).is_none());
    }

    #[test]
    fn all_wait_with_the_one_that_was_told_to_slow_down() {
        for code in [429, 503] {
            assert_eq!(
                slow_down(&status(code, Some(7)), &POLICY),
                Some(Duration::from_secs(7))
            );
        }
        assert!(slow_down(&status(429, None), &POLICY).unwrap() <= POLICY.first_pause);
        assert!(slow_down(&status(429, Some(0)), &POLICY).unwrap() <= POLICY.first_pause);
    }

    #[test]
    fn nobody_waits_with_a_request_that_failed_by_itself() {
        for error in [
            status(503, None),
            status(503, Some(0)),
            status(500, Some(7)),
            status(404, None),
            timeout(),
        ] {
            assert_eq!(slow_down(&error, &POLICY), None, "{error}");
        }
    }

    #[test]
    fn nobody_waits_for_longer_than_a_request_would() {
        assert_eq!(
            slow_down(&status(429, Some(120)), &POLICY),
            Some(Duration::from_secs(120))
        );
        assert_eq!(slow_down(&status(429, Some(121)), &POLICY), Some(Duration::ZERO));
    }

    fn headers(retry_after: &'static str, date: Option<&'static str>) -> HeaderMap {
        let mut headers = HeaderMap::new();
        headers.insert(RETRY_AFTER, HeaderValue::from_static(retry_after));
        if let Some(date) = date {
            headers.insert(DATE, HeaderValue::from_static(date));
        }
        headers
    }

    #[test]
    fn both_forms_of_retry_after_are_read() {
        let now = httpdate::parse_http_date("Sun, 06 Nov 1994 08:49:00 GMT").unwrap();
        let read = |text, date| retry_after(&headers(text, date), now).map(|d| d.as_secs());
        assert_eq!(read("120", None), Some(120));
        assert_eq!(read("Sun, 06 Nov 1994 08:49:37 GMT", None), Some(37));
        assert_eq!(read("Sunday, 06-Nov-94 08:49:37 GMT", None), Some(37));
        assert_eq!(read("Sun, 06 Nov 1994 08:00:00 GMT", None), Some(0));
        assert_eq!(
            read(
                "Sun, 06 Nov 1994 08:49:37 GMT",
                Some("Sun, 06 Nov 1994 08:49:30 GMT")
            ),
            Some(7)
        );
        assert_eq!(read("soon", None), None);
        assert_eq!(read("-1", None), None);
        assert_eq!(
            read("99999999999999999999999999", None),
            Some(u64::from(u32::MAX))
        );
    }
}
