//! Synthetic prepared files for training and evaluation.

use std::fmt::Write;

/// The header of the format of daily views.
pub fn daily_header() -> String {
    let known = "video_id,time_uploaded,age0,category,uploader_uploads,uploader_subscribers";
    let days: Vec<String> = (0..15).map(|day| format!("views_{day}")).collect();
    format!("{known},{}\n", days.join(","))
}

/// `videos` videos per day over twelve days: views are about a tenth of the subscribers, a fifth in
/// category 10, half of them on the first full day.
pub fn daily(videos: u32) -> String {
    daily_scaled(videos, |_| 1.0)
}

/// [`daily`], with views multiplied by a factor that depends on the upload day.
pub fn daily_scaled(videos: u32, factor: impl Fn(u32) -> f64) -> String {
    daily_of_year(2026, videos, factor)
}

/// [`daily_scaled`], with other videos in each year.
pub fn daily_of_year(year: u64, videos: u32, factor: impl Fn(u32) -> f64) -> String {
    let mut text = daily_header();
    let mut random = Lcg(year - 2019);
    for day in 1..=12 {
        for number in 0..videos {
            let subscribers = (random.next() * 14.0).exp();
            let category = if number % 3 == 0 { 10 } else { 22 };
            let view_rate = if category == 10 { 0.2 } else { 0.1 };
            let weekly_views =
                subscribers * view_rate * factor(day) * (2.0 * random.next() - 1.0).exp();
            let uploads = (random.next() * 6.0).exp();
            write!(
                text,
                "v{day}-{number},{year}-01-{day:02},0.5,{category},{uploads:.0},{subscribers:.0}"
            )
            .unwrap();
            for day in 0..15 {
                let share = if day == 0 { 0.1 } else { 0.5_f64.powi(day) };
                write!(text, ",{:.0}", weekly_views * share).unwrap();
            }
            text.push('\n');
        }
    }
    text
}

/// Counts of the trending list: channels with three videos each.
pub fn listed(channels: u32) -> String {
    let mut text =
        "video_id,title,published_at,channel_id,category_id,age_days,view_count\n".to_owned();
    let mut random = Lcg(11);
    for channel in 0..channels {
        let level = 12.0 + 2.0 * random.next();
        for number in 0..3 {
            let day = 1 + (channel + 9 * number) % 28;
            let title = if channel % 2 == 0 { "[MV] 노래" } else { "브이로그" };
            let views = (level + 0.5 * random.next()).exp();
            for age in 1..4 {
                let counted = views * f64::from(age).sqrt();
                writeln!(
                    text,
                    "c{channel}-{number},{title},2026-02-{day:02}T09:00:00Z,UC{channel},24,{age}.1,{counted:.0}.0"
                )
                .unwrap();
            }
        }
    }
    text
}

/// Counts of ordinary videos of February: views are 3 % of the subscribers, twice that for Shorts.
pub fn ordinary(videos: u32) -> String {
    let mut text = "video_id,title,published_at,channel_id,category_id,age_days,view_count,\
                    uploader_subscribers,uploader_uploads,is_short\n"
        .to_owned();
    let mut random = Lcg(5);
    for number in 0..videos {
        let subscribers = (3.0 + random.next() * 11.0).exp();
        let uploads = (random.next() * 6.0).exp();
        let is_short = number % 2;
        let rate = 0.03 * f64::from(1 + is_short) * (random.next() - 0.5).exp();
        let day = 1 + number % 28;
        for age in [1.0_f64, 4.0, 7.0] {
            let counted = subscribers * rate * (age / 7.0).sqrt();
            writeln!(
                text,
                "o{number},영상,2026-02-{day:02}T09:00:00Z,UC{number},22,{age:.1},{counted:.0},{subscribers:.0},{uploads:.0},{is_short}"
            )
            .unwrap();
        }
    }
    text
}

/// A linear congruential generator with values from 0 to 1.
struct Lcg(u64);

impl Lcg {
    fn next(&mut self) -> f64 {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        f64::from(u32::try_from(self.0 >> 32).unwrap()) / f64::from(u32::MAX)
    }
}
