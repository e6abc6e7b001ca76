//! The published vectors of the specification that AWS's clients share (in aws-sdk-go-v2's
//! `aws/retry/adaptive_ratelimit_test.go` among others), and the cases of botocore's
//! `tests/unit/retries/test_bucket.py` and `test_adaptive.py`.

use super::*;

fn near(found: f64, expected: f64) {
    assert!((found - expected).abs() < 1e-6, "{found} is not {expected}");
}

#[test]
fn a_rate_grows_along_a_cubic_curve() {
    let cubic = Cubic::new(10.0, 5.0);
    let rates = [
        (5.0, 7.0),
        (6.0, 9.648_936_009_66),
        (7.0, 10.000_030_849_917_364),
        (8.0, 10.453_284_520_772_092),
        (9.0, 13.408_697_022_224_185),
        (10.0, 21.266_268_354_273_64),
        (11.0, 36.425_998_516_920_465),
    ];
    for (now, rate) in rates {
        near(cubic.succeeded(now), rate);
    }
}

#[test]
fn a_rate_falls_where_a_service_asks_for_it() {
    let mut cubic = Cubic::new(10.0, 5.0);
    let rates = [
        (false, 5.0, 7.0),
        (false, 6.0, 9.648_936_009_66),
        (true, 7.0, 6.754_255_206_761_999),
        (true, 8.0, 4.727_978_644_733_399),
        (false, 9.0, 6.606_547_753_887_045),
        (false, 10.0, 6.763_279_816_944_947),
        (false, 11.0, 7.598_174_833_907_107),
        (false, 12.0, 11.511_232_804_773_524),
    ];
    let mut current = 0.0;
    for (throttled, now, rate) in rates {
        current = if throttled { cubic.throttled(current, now) } else { cubic.succeeded(now) };
        near(current, rate);
    }
}

#[test]
fn what_is_measured_bounds_the_rate() {
    let mut limiter = Limiter::new(0.0);
    let cases = [
        (false, 0.2, 0.0, 0.5),
        (false, 0.4, 0.0, 0.5),
        (false, 0.6, 4.8, 0.5),
        (false, 0.8, 4.8, 0.5),
        (false, 1.0, 4.16, 0.5),
        (false, 1.2, 4.16, 0.6912),
        (false, 1.4, 4.16, 1.0976),
        (false, 1.6, 5.632, 1.6384),
        (false, 1.8, 5.632, 2.3328),
        (true, 2.0, 4.3264, 3.02848),
        (false, 2.2, 4.3264, 3.486_639),
        (false, 2.4, 4.3264, 3.821_874),
        (false, 2.6, 5.665_28, 4.053_386),
        (false, 2.8, 5.665_28, 4.200_373),
        (false, 3.0, 4.333_056, 4.282_037),
        (true, 3.2, 4.333_056, 2.997_426),
        (false, 3.4, 4.333_056, 3.452_226),
    ];
    for (throttled, now, measured, rate) in cases {
        limiter.ended(now, throttled);
        near(limiter.meter.rate, measured);
        near(limiter.bucket.rate, rate);
    }
}

#[test]
fn only_a_service_that_throttles_makes_attempts_wait() {
    let mut limiter = Limiter::new(0.0);
    for now in 1..50 {
        assert_eq!(limiter.hold(f64::from(now) / 50.0), Duration::ZERO);
        limiter.ended(f64::from(now) / 50.0, false);
    }
    limiter.ended(1.0, true);
    let waits: Vec<_> = (0..3).map(|_| limiter.hold(1.0)).collect();
    assert!(waits.is_sorted() && waits[2] > Duration::ZERO, "{waits:?}");
    // Those who wait have their turns one after another, at the rate of the bucket.
    near(waits[2].abs_diff(waits[1]).as_secs_f64(), 1.0 / limiter.bucket.rate);
}

#[test]
fn turns_come_at_a_rate() {
    // When, and how long the turn is waited for
    type Turns = &'static [(f64, f64)];
    let cases: [(&str, f64, Turns); 3] = [
        ("slower than the rate", 10.0, &[(1.0, 0.0), (2.0, 0.0), (3.0, 0.0)]),
        ("in between", 10.0, &[(0.1, 0.0), (0.15, 0.05), (0.300_001, 0.0)]),
        ("at once", 2.0, &[(0.0, 0.5), (0.0, 1.0), (0.0, 1.5)]),
    ];
    for (name, rate, turns) in cases {
        let mut bucket = Bucket::new(rate, 0.1, 0.0);
        for (now, wait) in turns {
            let found = bucket.take(*now);
            assert!((found - wait).abs() < 1e-6, "{name}: {found} at {now}");
        }
    }
}

#[test]
fn at_full_rate_nobody_waits() {
    let mut bucket = Bucket::new(10.0, 0.1, 0.0);
    for turn in 0..20 {
        near(bucket.take(1.0 + f64::from(turn) * 0.1), 0.0);
    }
}

#[test]
fn a_rate_has_a_floor_and_a_turn_can_be_saved() {
    let mut bucket = Bucket::new(10.0, 0.2, 0.0);
    bucket.set_rate(0.1, 1.0);
    near(bucket.rate, 0.2);
    near(bucket.most, 1.0);
    near(bucket.turns, 1.0);
    bucket.set_rate(0.5, 2.0);
    near(bucket.rate, 0.5);
    near(bucket.most, 1.0);
}

#[test]
fn a_clock_that_is_set_back_stops_nothing() {
    let mut bucket = Bucket::new(1.0, 0.5, 100.0);
    near(bucket.take(101.0), 0.0);
    near(bucket.take(50.0), 1.0);
    near(bucket.take(52.0), 0.0);
}

#[test]
fn the_rate_is_measured_in_steps() {
    let cases: [(&str, &[f64], f64, f64); 5] = [
        ("one", &[1.0], 0.8, 0.8),
        ("one each second", &[1., 2., 3., 4., 5., 6., 7., 8., 9., 10., 11., 12.], 0.999, 1.0),
        ("two each second", &[1.0, 1.5, 2.0, 2.5, 3.0, 3.5, 4.0], 1.99, 2.0),
        ("several at once", &[1.0, 1.0, 1.0, 2.0, 3.0], 1.0, 3.0),
        ("in one step", &[0.1, 0.2, 0.3, 0.4, 0.49, 0.5], 9.6, 9.6),
    ];
    for (name, times, low, high) in cases {
        let mut meter = Meter::new(0.0);
        for now in times {
            meter.record(*now);
        }
        let rate = meter.rate;
        assert!(rate >= low - 1e-9 && rate <= high + 1e-9, "{name}: {rate}");
    }
}
