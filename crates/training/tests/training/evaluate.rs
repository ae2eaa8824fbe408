//! `createtrend evaluate`

use crate::prediction_files::{daily, daily_header, listed};
use common::settings::ModelSettings;
use ingest::progress::NoProgress;
use std::path::{Path, PathBuf};
use test_support::dataset::Files;
use training::{
    evaluate::{
        EvaluateError, EvaluateOptions, EvaluationReport, Input, InputSet, Overlap, evaluate,
    },
    train::{TrainOptions, train},
};

/// Trains a model on synthetic files.
async fn model(files: &Files) -> PathBuf {
    let sources = vec![files.write("daily.csv", daily(100)), files.write("listed.csv", listed(80))];
    let (out, name) = (files.path("model.json"), "test".to_owned());
    let options =
        TrainOptions { files: sources, tables: None, out: out.clone(), name, if_better_than: None };
    train(&options, &NoProgress).await.unwrap();
    out
}

async fn evaluate_with(
    file: &Path,
    age: f64,
    inputs: InputSet,
    model: Option<&Path>,
) -> Result<EvaluationReport, EvaluateError> {
    let (files, model) = (vec![file.to_owned()], model.map(Path::to_owned));
    let options = EvaluateOptions { files, tables: None, age, inputs, model };
    evaluate(&options, &ModelSettings { file: None }, &NoProgress).await
}

#[tokio::test]
async fn evaluation_compares_model_with_baselines() {
    let files = Files::new();
    let model = model(&files).await;
    let late = "late,2026-01-05,3.5,10,5,100,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1\n";
    let short = "short,2026-01-05,0.5,10,5,100,1,1,1\n".replace("1,1,1\n", "1,1,1,,,,,,,,,,,,\n");
    let invalid = "bad,2026-01-05,0.5,10,5,-5,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1\n";
    let file = files.write("new.csv", daily(30) + late + &short + invalid);
    let report = evaluate_with(&file, 7.0, InputSet::all(), Some(&model)).await.unwrap();
    let (all, large) = (report.overall().unwrap(), report.large().unwrap());
    assert_eq!(
        (all.videos, report.seen_late, report.not_counted, report.rejected_rows),
        (360, 1, 1, 1)
    );
    assert!(large.videos < all.videos);
    assert!(all.model.rmsle < all.line.unwrap().rmsle);
    assert!(all.line.unwrap().rmsle < all.median.rmsle);
    assert!((0.7..0.9).contains(&all.model.coverage.unwrap()));
    let text = report.to_string();
    for part in [
        "inputs: subscribers, date, category, uploads",
        "360 of 361 videos",
        "skipped: 1 videos first seen",
        "log-linear",
        "model by group, with 95 % bootstrap intervals",
        "100,000 subscribers and more",
        "day 14",
    ] {
        assert!(text.contains(part), "{part}: {text}");
    }
}

#[tokio::test]
async fn evaluation_ignores_withheld_inputs() {
    let files = Files::new();
    let model = model(&files).await;
    let file = files.write_gzip("new.csv.gz", &[daily(30).as_bytes()]);
    let rmsle = async |inputs: &[Input]| {
        let report = evaluate_with(&file, 7.0, InputSet::new(inputs), Some(&model)).await.unwrap();
        report.overall().unwrap().model.rmsle
    };
    let (all, some) = (rmsle(&Input::ALL).await, rmsle(&[Input::Subscribers]).await);
    assert!(all < some && some < rmsle(&[Input::Category]).await);
}

#[tokio::test]
async fn trending_videos_are_evaluated_with_their_own_model() {
    let files = Files::new();
    let model = model(&files).await;
    let file = files.path("listed.csv");
    let report = evaluate_with(&file, 3.0, InputSet::all(), Some(&model)).await.unwrap();
    assert_eq!(report.overall().unwrap().videos, 240);
    assert!(report.to_string().contains("inputs: date, time, category, title, history"));
    assert!(report.overall().unwrap().model.rmsle < report.overall().unwrap().median.rmsle);
    assert_eq!(report.overlap, Some(Overlap::SameContent));
    assert!(report.to_string().contains("trained on these videos"));
}

#[tokio::test]
async fn training_files_are_recognized_by_their_content() {
    let files = Files::new();
    let model = model(&files).await;
    let overlap = async |file: PathBuf| {
        evaluate_with(&file, 7.0, InputSet::all(), Some(&model)).await.unwrap().overlap
    };
    let renamed = files.write_gzip("renamed.csv.gz", &[daily(100).as_bytes()]);
    assert_eq!(overlap(renamed).await, Some(Overlap::SameContent));
    assert_eq!(overlap(files.write("other.csv", daily(30))).await, None);
    assert_eq!(overlap(files.write("daily.csv", daily(30))).await, Some(Overlap::SameName));
}

#[tokio::test]
async fn zero_subscribers_are_hidden_and_ages_are_rounded() {
    let files = Files::new();
    let header = "video_id,title,published_at,channel_id,category_id,age_days,view_count,\
                  uploader_subscribers\n";
    let row = |number: u32| {
        format!("v{number},영상,2026-02-03T09:00:00Z,UC{number},22,7.2847019,100,0\n")
    };
    let file = files.write("zero.csv", header.to_owned() + &(0..20).map(row).collect::<String>());
    let report = evaluate_with(&file, 7.0, InputSet::all(), None).await.unwrap().to_string();
    for part in ["hidden subscribers", "20 of 20 videos, counted at day 7.3 to 7.3\n"] {
        assert!(report.contains(part), "{report}");
    }
    let late = evaluate_with(&file, 20.0, InputSet::all(), None).await.unwrap_err().to_string();
    assert!(late.contains("days 7.3 to 7.3"), "{late}");
}

#[tokio::test]
async fn evaluation_reports_unusable_files() {
    let files = Files::new();
    let file = files.write("new.csv", daily(2));
    let too_old = evaluate_with(&file, 40.0, InputSet::all(), None).await.unwrap_err().to_string();
    assert!(too_old.contains("day 40") && too_old.contains("days 1 to 14"), "{too_old}");
    let empty = files.write("empty.csv", daily_header());
    let nothing = evaluate_with(&empty, 7.0, InputSet::all(), None).await.unwrap_err();
    assert!(matches!(nothing, EvaluateError::NoVideo(_)), "{nothing}");
    let other = files.write("other.csv", "a,b\n1,2\n");
    let error = evaluate_with(&other, 7.0, InputSet::all(), None).await.unwrap_err().to_string();
    assert!(error.contains("views_0"), "{error}");
    let broken = files.write("broken.json", "{}");
    let error = evaluate_with(&file, 7.0, InputSet::all(), Some(&broken)).await.unwrap_err();
    assert!(matches!(error, EvaluateError::Model(_)), "{error}");
    let unknown = training::evaluate::parse_input("likes").unwrap_err();
    assert!(unknown.contains("subscribers, date, time"), "{unknown}");
}

/// Needs real data: the directory in `TEST_PREDICTION_DATA`, which CI sets.
#[tokio::test]
async fn shipped_model_beats_baselines_on_prediction_data() {
    let Some(directory) = std::env::var_os("TEST_PREDICTION_DATA") else {
        println!("skipped: TEST_PREDICTION_DATA is not set");
        return;
    };
    let file = Path::new(&directory).join("tweeted_2016-2017_train.csv.gz");
    let report =
        evaluate_with(&file, 7.0, InputSet::new(&[Input::Subscribers]), None).await.unwrap();
    let all = report.overall().unwrap();
    assert!(all.model.rmsle < all.line.unwrap().rmsle, "{report}");
    assert!((0.75..0.85).contains(&all.model.coverage.unwrap()), "{report}");
}
