//! A model whose file may be replaced while the process runs.

use crate::{Model, ModelError};
use parking_lot::RwLock;
use std::{
    fs,
    path::{Path, PathBuf},
    sync::Arc,
    time::{Duration, SystemTime},
};

/// The interval between checks for a replaced file.
pub const RELOAD_INTERVAL: Duration = Duration::from_mins(1);

/// The configured model. [`ReloadableModel::reload`] reads a replaced file.
pub struct ReloadableModel {
    file: Option<PathBuf>,
    state: RwLock<State>,
}

struct State {
    model: Arc<Model>,
    stamp: Option<Stamp>,
}

/// Time of modification and length in bytes of the file that was read last.
type Stamp = (SystemTime, u64);

impl ReloadableModel {
    /// The model of [`Model::configured`].
    pub fn load(file: Option<&Path>) -> Result<Self, ModelError> {
        let stamp = file.and_then(stamp);
        let model = Arc::new(Model::configured(file)?);
        Ok(Self { file: file.map(Path::to_owned), state: RwLock::new(State { model, stamp }) })
    }

    /// The model that was read last.
    pub fn current(&self) -> Arc<Model> {
        self.state.read().model.clone()
    }

    /// Reads the file again if it was modified since the last attempt, and logs the result. While
    /// the file is missing or unusable, the current model stays in use.
    pub fn reload(&self) {
        match self.try_reload() {
            Ok(Some(model)) => tracing::info!(model = model.version(), "the model is reloaded"),
            Ok(None) => {}
            Err(error) => {
                tracing::error!(%error, "cannot reload the model, the current one stays in use");
            }
        }
    }

    fn try_reload(&self) -> Result<Option<Arc<Model>>, ModelError> {
        let Some(file) = &self.file else { return Ok(None) };
        let Some(found) = stamp(file) else { return Ok(None) };
        {
            let mut state = self.state.write();
            if state.stamp == Some(found) {
                return Ok(None);
            }
            state.stamp = Some(found);
        }
        let model = Arc::new(Model::load(file)?);
        self.state.write().model = model.clone();
        Ok(Some(model))
    }
}

fn stamp(file: &Path) -> Option<Stamp> {
    let metadata = fs::metadata(file).ok()?;
    Some((metadata.modified().ok()?, metadata.len()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ModelFile;

    fn write(path: &Path, name: &str) {
        let mut file: ModelFile = Model::shipped().unwrap().file().clone();
        file.name = name.to_owned();
        fs::write(path, file.write().unwrap()).unwrap();
    }

    fn name(model: &ReloadableModel) -> String {
        model.current().file().name.clone()
    }

    #[test]
    fn replaced_file_is_reloaded() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("model.json");
        write(&path, "first");
        let model = ReloadableModel::load(Some(&path)).unwrap();
        assert!(model.try_reload().unwrap().is_none());
        write(&path, "the second");
        assert_eq!(model.try_reload().unwrap().unwrap().file().name, "the second");
        assert_eq!(name(&model), "the second");
        assert!(model.try_reload().unwrap().is_none());
    }

    #[test]
    fn unusable_file_keeps_the_model_and_is_reported_once() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("model.json");
        write(&path, "first");
        let model = ReloadableModel::load(Some(&path)).unwrap();
        fs::write(&path, "{").unwrap();
        let error = model.try_reload().unwrap_err().to_string();
        assert!(error.contains("model.json"), "{error}");
        assert!(model.try_reload().unwrap().is_none());
        fs::remove_file(&path).unwrap();
        assert!(model.try_reload().unwrap().is_none());
        assert_eq!(name(&model), "first");
        write(&path, "the second");
        assert!(model.try_reload().unwrap().is_some());
    }

    #[test]
    fn shipped_model_is_used_until_the_file_exists() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("model.json");
        let model = ReloadableModel::load(Some(&path)).unwrap();
        assert_eq!(name(&model), Model::shipped().unwrap().file().name);
        assert!(model.try_reload().unwrap().is_none());
        write(&path, "first");
        assert!(model.try_reload().unwrap().is_some());
        assert_eq!(name(&model), "first");
    }
}
