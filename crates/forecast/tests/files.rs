//! Model files.

#![expect(clippy::unwrap_used, reason = "a test that cannot be set up fails")]

use forecast::{
    Count, KnownInputs, LinearEffect, Model, ModelError, ModelFile, Plan, ThumbnailFeatures, Upload,
};

fn file() -> ModelFile {
    Model::shipped().unwrap().file().clone()
}

fn error(modify: impl Fn(&mut ModelFile)) -> String {
    let mut file = file();
    modify(&mut file);
    Model::new(&file).unwrap_err().to_string()
}

#[test]
fn model_file_round_trips() {
    let shipped = Model::shipped().unwrap();
    let again = Model::new(shipped.file()).unwrap();
    assert_eq!(again.file(), shipped.file());
    assert_eq!(again.version(), shipped.version());
    let mut renamed = file();
    renamed.name = "other".to_owned();
    assert!(Model::new(&renamed).unwrap().version().starts_with("other-"));
}

#[test]
fn missing_or_invalid_model_file_is_rejected() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("model.json");
    let missing = Model::load(&path).unwrap_err();
    assert!(matches!(missing, ModelError::Unreadable { .. }), "{missing}");
    for text in ["", "{}", "[3]", "{\"format\": 3}", "\u{0}"] {
        std::fs::write(&path, text).unwrap();
        let error = Model::load(&path).unwrap_err().to_string();
        assert!(error.contains("model.json: invalid model file: "), "{text}: {error}");
        assert!(error.contains("createtrend train"), "{text}: {error}");
    }
    std::fs::write(&path, "{\"format\": 1}").unwrap();
    let error = Model::load(&path).unwrap_err().to_string();
    assert!(error.contains("format 1"), "{error}");
}

#[test]
fn invalid_numbers_are_rejected_with_their_location() {
    let errors = [
        error(|file| file.general.curve.log_shares[3] = -100.0),
        error(|file| file.general.curve.spreads[0] = -1.0),
        error(|file| _ = file.general.levels[1].coefficients.pop()),
        error(|file| file.general.levels[2].interval.lows.clear()),
        error(|file| file.general.content_share = 2.0),
        error(|file| file.general.levels.clear()),
        error(|file| file.general.levels.reverse()),
        error(|file| file.trending.as_mut().unwrap().ages[1] = 0.0),
        error(|file| _ = file.trending.as_mut().unwrap().category_bounds[0].lows.pop()),
        error(|file| file.trending.as_mut().unwrap().trees.trees[0].rights[0] = 0),
        error(|file| _ = file.early.lows[0].pop()),
        error(|file| _ = file.early_of_inputs[0].coefficients.pop()),
        error(|file| file.early = file.early_of_inputs[0].clone()),
        error(|file| _ = file.content.title.means.pop()),
        error(|file| file.history.correlation = 1.0),
        error(|file| file.history.width = 0.0),
    ];
    for error in errors {
        assert!(error.starts_with("invalid model: "), "{error}");
    }
    let located = error(|file| file.general.levels[1].coefficients.clear());
    assert!(located.contains("general, level of Inputs { subscribers: Unknown"), "{located}");
    // JSON has no infinity: it is written as null.
    let infinite = error(|file| file.general.levels[0].coefficients[0] = f64::INFINITY);
    assert!(infinite.contains("null"), "{infinite}");
}

#[test]
fn file_with_early_forecasts_from_counts_only_is_read() {
    let mut old = file();
    old.early_of_inputs.clear();
    old.early.coefficients.truncate(6);
    let text = old.write().unwrap();
    assert!(!text.contains("early_of_inputs"));
    let old = Model::from_json(text.as_bytes()).unwrap();
    let counts = [Count { age_days: 2.0, views: 100 }];
    let known = KnownInputs { subscribers: 1_000.into(), uploads: Some(9), category: Some(10) };
    assert_eq!(
        old.forecast_from_counts(&counts, known),
        old.forecast_from_counts(&counts, KnownInputs::default())
    );
}

#[test]
fn thumbnail_affects_only_models_trained_with_thumbnails() {
    let day = chrono::NaiveDate::from_ymd_opt(2026, 11, 28).unwrap();
    let features =
        ThumbnailFeatures { brightness: 0.9, contrast: 0.5, colorfulness: 0.5, sharpness: 0.5 };
    let plan = Plan {
        subscribers: 10_000.into(),
        thumbnail: Some(features),
        ..Plan::new(Upload { day, time: None })
    };
    let without = Plan { thumbnail: None, ..plan.clone() };
    let shipped = Model::shipped().unwrap();
    assert_eq!(shipped.forecast(&plan), shipped.forecast(&without));
    let mut file = file();
    file.general.content_share = 1.0;
    let (means, coefficients) = (vec![0.5; 4], vec![1.0; 4]);
    file.content.thumbnail = Some(LinearEffect { means, coefficients });
    let trained = Model::new(&file).unwrap();
    assert!(trained.forecast(&plan).at(7.0).views > trained.forecast(&without).at(7.0).views);
    assert!(trained.forecast(&plan).factors().iter().any(|factor| factor.name == "thumbnail"));
}

#[test]
fn file_with_old_field_names_is_read() {
    let text = serde_json::to_string(&file()).unwrap();
    let former =
        text.replace("\"content\"", "\"form\"").replace("\"content_share\"", "\"form_share\"");
    let former = former.replace("\"trending\"", "\"listed\"").replace("\"subset\"", "\"of\"");
    assert_ne!(former, text);
    assert_eq!(serde_json::from_str::<ModelFile>(&former).unwrap(), file());
}
