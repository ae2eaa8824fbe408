//! `createtrend train`, from files.

use crate::prediction_files::{daily, daily_header, daily_of_year, daily_scaled, listed, ordinary};
use common::settings::ModelSettings;
use forecast::{Model, Plan, Upload};
use ingest::progress::NoProgress;
use std::path::{Path, PathBuf};
use test_support::dataset::Files;
use training::{
    evaluate::{EvaluateOptions, InputSet, evaluate},
    train::{TrainError, TrainOptions, TrainSummary, train},
};

async fn train_on(files: &[PathBuf], out: &Path) -> Result<TrainSummary, TrainError> {
    let (files, out, name) = (files.to_vec(), out.to_owned(), "test.1".to_owned());
    train(&TrainOptions { files, tables: None, out, name, if_better_than: None }, &NoProgress).await
}

fn plan(subscribers: u64) -> Plan {
    let day = chrono::NaiveDate::from_ymd_opt(2026, 3, 6).unwrap();
    Plan { subscribers: subscribers.into(), ..Plan::new(Upload { day, time: None }) }
}

#[tokio::test]
async fn trained_model_reproduces_training_data() {
    let files = Files::new();
    let sources = [
        files.write_gzip("daily.csv.gz", &[daily(150).as_bytes()]),
        files.write("listed.csv", listed(80)),
    ];
    let summary = train_on(&sources, &files.path("model.json")).await.unwrap();
    let model = Model::load(&files.path("model.json")).unwrap();
    assert_eq!(summary.version, model.version());
    assert!(model.version().starts_with("test.1-"));
    let views = model.forecast(&plan(100_000)).at(7.0).views;
    assert!((10_000.0..20_000.0).contains(&views), "{views}");
    let of = |category| model.forecast(&Plan { category: Some(category), ..plan(100_000) }).at(7.0);
    let ratio = of(10).views / of(22).views;
    assert!((1.7..2.2).contains(&ratio), "{ratio}");
    assert!(model.file().history.correlation > 0.5);
    assert_eq!(model.file().training.sources.len(), 2);
    let scores = &model.file().training.validation;
    let score =
        scores.iter().find(|score| score.subset == "any videos, day 7, from subscribers, date");
    let score = score.unwrap();
    assert!(score.rmsle < score.median_rmsle / 2.0, "{score:?}");
    assert!((0.7..0.9).contains(&score.coverage), "{score:?}");
    assert!(summary.to_string().contains("daily.csv.gz: 1800 videos of 2026-01-01 to 2026-01-12"));
}

#[tokio::test]
async fn levels_match_the_source_with_the_newest_uploads() {
    let files = Files::new();
    let sources = [files.write("daily.csv", daily(150)), files.write("new.csv", ordinary(600))];
    let views = async |sources: &[PathBuf]| {
        let out = files.path("model.json");
        train_on(sources, &out).await.unwrap();
        Model::load(&out).unwrap().forecast(&plan(100_000)).at(7.0).views
    };
    let old = views(&sources[..1]).await;
    let new = views(&sources).await;
    assert!(new < old / 2.0 && (2_000.0..8_000.0).contains(&new), "{old} {new}");
}

#[tokio::test]
async fn intervals_fit_the_source_with_the_newest_uploads() {
    let files = Files::new();
    let old = files.write("old.csv", daily(150));
    let new = |videos| files.write("new.csv", daily_of_year(2027, videos, |_| 8.0));
    let later = files.write("later.csv", daily_of_year(2028, 150, |_| 8.0));
    let coverage = async |sources: &[PathBuf]| {
        let out = files.path("model.json");
        train_on(sources, &out).await.unwrap();
        let options = EvaluateOptions {
            files: vec![later.clone()],
            tables: None,
            age: 7.0,
            inputs: InputSet::all(),
            model: Some(out),
        };
        let report = evaluate(&options, &ModelSettings { file: None }, &NoProgress).await.unwrap();
        report.overall().unwrap().model.coverage.unwrap()
    };
    for videos in [150, 25, 8] {
        for sources in [[old.clone(), new(videos)], [new(videos), old.clone()]] {
            let inside = coverage(&sources).await;
            assert!((0.72..0.88).contains(&inside), "{videos} {sources:?}: {inside}");
        }
    }
}

#[tokio::test]
async fn training_without_evidence_keeps_title_spread_and_early_forecasts() {
    let files = Files::new();
    let out = files.path("model.json");
    let shipped = Model::shipped().unwrap();
    // Titles of ordinary videos without an effect, and counts of the first week only.
    train_on(&[files.write("new.csv", ordinary(1_500))], &out).await.unwrap();
    let model = Model::load(&out).unwrap();
    assert!(model.comparison_ratio() >= shipped.comparison_ratio());
    assert_eq!(model.file().early, shipped.file().early);
}

#[tokio::test]
async fn is_short_has_an_effect_if_the_data_has_it() {
    let files = Files::new();
    let out = files.path("model.json");
    train_on(&[files.write("new.csv", ordinary(600))], &out).await.unwrap();
    let model = Model::load(&out).unwrap();
    let of = |is_short| model.forecast(&Plan { is_short, ..plan(100_000) }).at(7.0).views;
    let ratio = of(Some(true)) / of(Some(false));
    assert!((1.6..2.2).contains(&ratio), "{ratio}");
    assert!(of(Some(false)) < of(None) && of(None) < of(Some(true)));
}

#[tokio::test]
async fn model_is_replaced_only_by_a_better_model() {
    let files = Files::new();
    let out = files.path("model.json");
    let good = files.write("good.csv", daily(60));
    // Until the newest uploads, views are thirty times too high.
    let bad = files.write("bad.csv", daily_scaled(60, |day| if day < 11 { 30.0 } else { 1.0 }));
    let retrain = async |file: &Path| {
        let options = TrainOptions {
            files: vec![file.to_owned()],
            tables: None,
            out: out.clone(),
            name: "next".to_owned(),
            if_better_than: Some(Model::load(&out).unwrap()),
        };
        train(&options, &NoProgress).await.unwrap()
    };
    // The current models know the first ten of the twelve days.
    let earlier = |name: &str, file: &Path| {
        let text = std::fs::read_to_string(file).unwrap();
        let is_earlier =
            |line: &&str| !line.contains(",2026-01-11,") && !line.contains(",2026-01-12,");
        files.write(name, text.lines().filter(is_earlier).collect::<Vec<_>>().join("\n"))
    };
    train_on(&[earlier("good-earlier.csv", &good)], &out).await.unwrap();
    let before = std::fs::read(&out).unwrap();
    let kept = retrain(&bad).await;
    assert!(kept.comparison.as_ref().is_some_and(|comparison| !comparison.is_better), "{kept}");
    assert!(kept.to_string().ends_with("is kept"), "{kept}");
    assert!(std::fs::read(&out).unwrap() == before);
    let bad_earlier = earlier("bad-earlier.csv", &bad);
    let sources = [bad_earlier.clone(), files.write("listed.csv", listed(80))];
    train_on(&sources, &out).await.unwrap();
    let trending = Model::load(&out).unwrap().file().trending.clone();
    train_on(&[bad_earlier], &out).await.unwrap();
    let mut former = Model::load(&out).unwrap().file().clone();
    former.trending.clone_from(&trending);
    std::fs::write(&out, former.write().unwrap()).unwrap();
    let replaced = retrain(&good).await;
    assert!(
        replaced.comparison.as_ref().is_some_and(|comparison| comparison.is_better),
        "{replaced}"
    );
    let new = Model::load(&out).unwrap();
    assert!(new.version().starts_with("next-"));
    // The new sources have no videos of the trending list.
    assert!(trending.is_some() && new.file().trending == trending);
    assert!(replaced.to_string().contains("trending list"), "{replaced}");
    let record = std::fs::read_to_string(files.path("model.trials.jsonl")).unwrap();
    let results: Vec<bool> =
        record.lines().map(|line| line.contains("\"is_better\":true")).collect();
    assert_eq!(results, [false, true]);
    assert!(record.lines().all(|line| line.contains("\"time\":\"20")), "{record}");
    assert!(record.contains(&format!("\"new\":\"{}\"", new.version())), "{record}");
    // No video was uploaded after the training of the current model.
    let not_compared = retrain(&good).await;
    assert!(not_compared.comparison.is_none(), "{not_compared}");
    let report = not_compared.to_string();
    assert!(
        report.contains("0 of the 50 videos needed were uploaded after 2026-01-12"),
        "{report}"
    );
    assert!(report.ends_with("is kept"), "{report}");
}

#[tokio::test]
async fn model_of_the_same_accuracy_does_not_replace_the_current_one() {
    let files = Files::new();
    let out = files.path("model.json");
    train_on(&[files.write("old.csv", daily(150))], &out).await.unwrap();
    let options = TrainOptions {
        files: vec![
            files.path("old.csv"),
            files.write("new.csv", daily_of_year(2027, 40, |_| 1.0)),
        ],
        tables: None,
        out: out.clone(),
        name: "next".to_owned(),
        if_better_than: Some(Model::load(&out).unwrap()),
    };
    let summary = train(&options, &NoProgress).await.unwrap();
    let comparison = summary.comparison.unwrap();
    assert!(!comparison.is_better, "{comparison:?}");
    let difference = comparison.current_rmsle - comparison.new_rmsle;
    assert!(comparison.noise > 0.0 && difference < comparison.noise, "{comparison:?}");
}

#[tokio::test]
async fn comparison_skips_videos_of_a_kind_that_the_current_model_lacks() {
    let files = Files::new();
    let out = files.path("model.json");
    train_on(&[files.write("old.csv", daily(150))], &out).await.unwrap();
    // The model is of channels with known subscribers; one of the newest channels hides them.
    let hide = |line: &str| -> String {
        let mut fields: Vec<&str> = line.split(',').collect();
        if fields[0] == "o27" {
            fields[7] = "";
        }
        fields.join(",") + "\n"
    };
    let text: String = ordinary(1_500).lines().map(hide).collect();
    let options = TrainOptions {
        files: vec![files.path("old.csv"), files.write("new.csv", text)],
        tables: None,
        out: out.clone(),
        name: "next".to_owned(),
        if_better_than: Some(Model::load(&out).unwrap()),
    };
    let summary = train(&options, &NoProgress).await.unwrap();
    assert!(summary.comparison.is_some(), "{summary}");
}

#[tokio::test]
async fn training_is_deterministic() {
    let files = Files::new();
    let sources = [files.write("daily.csv", daily(60)), files.write("listed.csv", listed(60))];
    let (one, other) = (files.path("one.json"), files.path("other.json"));
    train_on(&sources, &one).await.unwrap();
    train_on(&sources, &other).await.unwrap();
    assert!(std::fs::read(one).unwrap() == std::fs::read(other).unwrap());
}

#[tokio::test]
async fn training_rejects_invalid_rows() {
    let files = Files::new();
    let whole =
        train_on(&[files.write("a.csv", daily(60))], &files.path("one.json")).await.unwrap();
    let mut text = daily(60);
    for (column, value) in [(2, "-1"), (3, "music"), (5, "1.5"), (6, "many"), (1, "yesterday")] {
        let mut row: Vec<&str> =
            "bad,2026-01-05,0.5,10,5,100,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15".split(',').collect();
        row[column] = value;
        text += &(row.join(",") + "\n");
    }
    text += "a,b,c\n";
    let repaired = train_on(&[files.write("a.csv", text)], &files.path("two.json")).await.unwrap();
    assert_eq!(repaired, whole);
}

#[tokio::test]
async fn training_with_too_few_videos_fails() {
    let files = Files::new();
    let out = files.path("model.json");
    let error = train_on(&[files.write("few.csv", daily(10))], &out).await.unwrap_err();
    assert!(error.to_string().contains("120 instead of 300 videos"), "{error}");
    let error = train_on(&[files.write("listed.csv", listed(80))], &out).await.unwrap_err();
    assert!(matches!(error, TrainError::TooFewVideos { found: 0, .. }), "{error}");
    let empty = train_on(&[files.write("empty.csv", daily_header())], &out).await.unwrap_err();
    assert!(matches!(empty, TrainError::TooFewVideos { found: 0, .. }), "{empty}");
    assert!(!out.exists());
}

#[tokio::test]
async fn training_reports_unusable_sources() {
    let files = Files::new();
    let out = files.path("model.json");
    let nothing = train_on(&[], &out).await.unwrap_err();
    assert!(matches!(nothing, TrainError::NoSource), "{nothing}");
    let other = files.write("other.csv", "video_id,title\nx,y\n");
    let error = train_on(&[other], &out).await.unwrap_err().to_string();
    assert!(error.contains("other.csv") && error.contains("views_0"), "{error}");
    let missing = train_on(&[files.path("missing.csv")], &out).await.unwrap_err().to_string();
    assert!(missing.contains("missing.csv"), "{missing}");
    let path = files.path("no").join("model.json");
    let files = [files.write("daily.csv", daily(60))];
    let unwritable = train_on(&files, &path).await.unwrap_err();
    assert!(matches!(unwritable, TrainError::Unwritable { .. }), "{unwritable}");
}
