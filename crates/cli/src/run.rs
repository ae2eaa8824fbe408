//! Runs a command.

use crate::{
    cli::{Cli, Command, EvaluateArgs, TrainArgs, UserCommand},
    collect, doctor, migrate, openapi,
    progress::ProgressOutput,
    secrets,
    source::{self, SourceCommand},
    user,
};
use chrono::Utc;
use common::{settings::CommonSettings, time::seoul_day};
use forecast::Model;
use ingest::{
    bootstrap,
    import::{self, ImportOptions, ImportSummary},
    pending::pending_work,
    progress::Progress,
    reindex::{self, Since},
    rollup::{
        self,
        keywords::{self, RefreshScope},
    },
    seed,
};
use std::{
    error::Error,
    io::{Write, stdout},
    path::Path,
    process::ExitCode,
};
use training::{
    evaluate::{self, EvaluateOptions, InputSet},
    train::{self, TrainOptions},
};

/// Runs the command of these arguments and prints its errors. Here and not in the binary, which
/// would compile the futures of all commands again.
pub fn run(cli: Cli) -> ExitCode {
    let runtime = match tokio::runtime::Runtime::new() {
        Ok(runtime) => runtime,
        Err(error) => return fail(&error),
    };
    match runtime.block_on(run_command(cli.command)) {
        Ok(code) => code,
        Err(error) => fail(error.as_ref()),
    }
}

fn fail(error: &dyn Error) -> ExitCode {
    ProgressOutput::stderr().message(&format!("createtrend: {error}"));
    ExitCode::FAILURE
}

async fn run_command(command: Command) -> Result<ExitCode, Box<dyn Error>> {
    let progress = &ProgressOutput::stderr();
    match command {
        Command::Openapi { parts, translations, into } => {
            openapi::merge(&parts, &translations, &into)?;
        }
        Command::Migrate => run_migrate(progress).await?,
        Command::Secrets { folder, definitions } => run_secrets(&folder, &definitions, progress)?,
        Command::Seed { scale, at_start } => run_seed(scale, at_start, progress).await?,
        Command::Import(arguments) => return run_import(&arguments.into(), progress).await,
        Command::Reindex { since, if_missing } => run_reindex(since, if_missing, progress).await?,
        Command::Rollup { rebuild } => run_rollup(rebuild, progress).await?,
        Command::Train(arguments) => run_train(arguments, progress).await?,
        Command::Evaluate(arguments) => run_evaluate(arguments, progress).await?,
        Command::Source { command } => return run_source(command, progress).await,
        Command::Collect { once: _, dry_run } => run_collect(dry_run, progress).await?,
        Command::Quota => run_quota().await?,
        Command::CheckKey { file } => run_check_key(&file).await?,
        Command::User { command } => run_user(command).await?,
        Command::Doctor => return Ok(run_doctor(progress).await),
    }
    Ok(ExitCode::SUCCESS)
}

async fn run_migrate(progress: &dyn Progress) -> Result<(), Box<dyn Error>> {
    let applied = migrate::migrate(&settings()?.postgres).await?;
    progress.message(&migrate::describe(&applied));
    Ok(())
}

fn run_secrets(
    folder: &Path,
    definitions: &Path,
    progress: &dyn Progress,
) -> Result<(), Box<dyn Error>> {
    let created = secrets::create_missing(folder, definitions)?;
    progress.message(&format!("secrets created: {}", created.len()));
    Ok(())
}

async fn run_seed(
    scale: u32,
    at_start: bool,
    progress: &dyn Progress,
) -> Result<(), Box<dyn Error>> {
    if at_start {
        bootstrap::bootstrap(scale, &settings()?, progress).await?;
    } else {
        let summary = seed::seed(scale, &settings()?.postgres, Utc::now(), progress).await?;
        progress.message(&summary.to_string());
    }
    Ok(())
}

async fn run_source(
    command: SourceCommand,
    progress: &dyn Progress,
) -> Result<ExitCode, Box<dyn Error>> {
    let outcome = source::run(command, &collect::settings()?, progress).await?;
    write!(stdout(), "{}", outcome.text)?;
    Ok(if outcome.is_success { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

async fn run_collect(dry_run: bool, progress: &dyn Progress) -> Result<(), Box<dyn Error>> {
    let outcome = collect::collect(&collect::settings()?, dry_run, progress).await?;
    write!(stdout(), "{outcome}")?;
    Ok(())
}

async fn run_quota() -> Result<(), Box<dyn Error>> {
    write!(stdout(), "{}", collect::quota(&collect::settings()?).await?)?;
    Ok(())
}

async fn run_check_key(file: &Path) -> Result<(), Box<dyn Error>> {
    write!(stdout(), "{}", collect::check_key(file, &collect::settings()?).await?)?;
    Ok(())
}

async fn run_user(command: UserCommand) -> Result<(), Box<dyn Error>> {
    let outcome = user::run(command, &settings()?, user::from_terminal_or_stdin).await?;
    writeln!(stdout(), "{outcome}")?;
    Ok(())
}

async fn run_train(arguments: TrainArgs, progress: &dyn Progress) -> Result<(), Box<dyn Error>> {
    let TrainArgs { files, tables, out, name, if_better } = arguments;
    let name = name.unwrap_or_else(|| seoul_day(Utc::now()).to_string());
    let tables = if tables { Some(settings()?.postgres) } else { None };
    let current = match if_better {
        true if out.exists() => Some(Model::load(&out)?),
        true => Some(Model::configured(settings()?.model.file.as_deref())?),
        false => None,
    };
    let options = TrainOptions { files, tables, out, name, if_better_than: current };
    let summary = train::train(&options, progress).await?;
    progress.message(&summary.to_string());
    Ok(())
}

async fn run_evaluate(
    arguments: EvaluateArgs,
    progress: &dyn Progress,
) -> Result<(), Box<dyn Error>> {
    let EvaluateArgs { files, tables, age, inputs, model } = arguments;
    let inputs = inputs.map_or_else(InputSet::all, |inputs| InputSet::new(&inputs));
    let settings = settings()?;
    let tables = tables.then(|| settings.postgres.clone());
    let options = EvaluateOptions { files, tables, age, inputs, model };
    let report = evaluate::evaluate(&options, &settings.model, progress).await?;
    write!(stdout(), "{report}")?;
    Ok(())
}

async fn run_reindex(
    mut since: Option<Since>,
    if_missing: bool,
    progress: &dyn Progress,
) -> Result<(), Box<dyn Error>> {
    let settings = settings()?;
    import::complete_interrupted(&settings.postgres, progress).await?;
    if if_missing && reindex::index_exists(&settings).await? {
        let pending = pending_work(&settings.postgres).await?;
        let Some(changed) = pending.index_since else {
            reindex::update_suggestions(&settings, false, progress).await?;
            progress.message("the index exists already");
            return Ok(());
        };
        since = Some(Since::At(changed));
    }
    let summary = reindex::reindex(&settings, since, progress).await?;
    progress.message(&format!("{}: {} documents", summary.index, summary.documents));
    Ok(())
}

async fn run_rollup(rebuild: bool, progress: &dyn Progress) -> Result<(), Box<dyn Error>> {
    let settings = settings()?;
    let postgres = &settings.postgres;
    let scope = if rebuild { RefreshScope::All } else { RefreshScope::Changes };
    let videos = rollup::refresh(postgres, rebuild, progress).await?;
    let keywords = keywords::refresh(postgres, scope, Utc::now(), progress).await?;
    let busy = "another process is refreshing a rollup";
    progress.message(&videos.map_or_else(|| busy.to_owned(), |summary| summary.to_string()));
    progress.message(&keywords.map_or_else(|| busy.to_owned(), |summary| summary.to_string()));
    let suggestions = reindex::update_suggestions(&settings, rebuild, progress).await?;
    progress.message(&suggestions.map_or_else(|| busy.to_owned(), |summary| summary.to_string()));
    Ok(())
}

async fn run_import(
    options: &ImportOptions,
    progress: &dyn Progress,
) -> Result<ExitCode, Box<dyn Error>> {
    let exit_code = |summary: &ImportSummary| {
        if summary.problems.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
    };
    if options.dry_run {
        let summary = import::dry_run_import(options, progress).await?;
        progress.message(&summary.to_string());
        return Ok(exit_code(&summary));
    }
    let (summary, index) = bootstrap::import_and_index(options, &settings()?, progress).await?;
    progress.message(&summary.to_string());
    let index = index?;
    progress.message(&format!("{}: {} documents updated", index.index, index.documents));
    Ok(exit_code(&summary))
}

async fn run_doctor(progress: &dyn Progress) -> ExitCode {
    let settings = match collect::settings() {
        Ok(settings) => settings,
        Err(error) => return fail(&error),
    };
    for warning in settings.warnings() {
        progress.message(&format!("warning: {warning}"));
    }
    let mut reports = doctor::run_checks(&settings.common).await;
    reports.extend(doctor::check_collection(&settings).await);
    for report in &reports {
        progress.message(&report.to_string());
    }
    if doctor::is_healthy(&reports) { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn settings() -> Result<CommonSettings, Box<dyn Error>> {
    let settings = collect::common_settings()?;
    for warning in settings.warnings() {
        ProgressOutput::stderr().message(&format!("warning: {warning}"));
    }
    Ok(settings.common)
}
