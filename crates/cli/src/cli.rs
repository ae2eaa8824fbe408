//! The command line. `--help` prints the documentation of its items.

#![expect(clippy::doc_markdown, reason = "terminals show no markdown")]

use crate::{
    source::SourceCommand,
    values::{parse_age, parse_day, parse_separator},
};
use chrono::NaiveDate;
use clap::{Args, Parser, Subcommand};
use encoding_rs::Encoding;
use ingest::{
    files::{Format, parse_encoding},
    import::ImportOptions,
};
use std::path::PathBuf;

/// Prepares, fills and checks the data of CreateTrend's services.
///
/// Settings come from the environment (CREATETREND_POSTGRES__HOST and so on) or from the
/// TOML file that CREATETREND_SETTINGS_FILE names. `createtrend doctor` lists
/// missing and invalid ones.
#[derive(Debug, Parser)]
#[command(name = "createtrend", version, max_term_width = 100)]
pub struct Cli {
    /// The subcommand.
    #[command(subcommand)]
    pub command: Command,
}

/// The subcommands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Create or upgrade the tables, keeping every row
    ///
    /// Works on an empty database and on a database of the Django API. Each migration is one
    /// transaction; running the command again changes nothing.
    Migrate,

    /// Fill the database with deterministic, synthetic demo data; needs no network
    ///
    /// Running it again within a day changes nothing; later it shifts the demo's times forward
    /// by whole days, so that its newest videos are less than a day old. It rejects a database
    /// that holds other videos. Run `createtrend reindex` afterwards.
    Seed {
        /// The number of videos
        #[arg(long, value_name = "N", default_value_t = ingest::seed::DEFAULT_SCALE, value_parser = clap::value_parser!(u32).range(0..=50_000_000))]
        scale: u32,

        /// For container start-up: keep a database with other videos unchanged, and build the
        /// search index if it is missing or the demo has changed. With --scale 0, only build
        /// the index
        #[arg(long)]
        at_start: bool,
    },

    /// Import video files: CSV or JSON, from Kaggle, the YouTube Data API, yt-dlp or a tracker
    ///
    /// Each row is one video on one day. Formats, recognized by the content:
    ///
    /// csv: a header and rows. Columns are found by their usual names (video_id, title,
    /// publishedAt, channelId or channelTitle, trending_date, view_count; and if known tags, likes,
    /// dislikes, thumbnail_link, description, subscriber_count), without regard to case, _ and
    /// spaces, and under other names such as videoId, published_at, snapshot_date or like_count;
    ///
    /// youtube-api: responses of videos.list, one or several documents, an array, or a resource
    /// per line;
    ///
    /// yt-dlp: info.json, or the lines of `yt-dlp --dump-json`;
    ///
    /// json: objects with the names of CSV columns.
    ///
    /// A file may be plain, .gz, or a .zip with one data file; - is the standard input. UTF-8,
    /// UTF-16 and CP949 are recognized, and the separators comma, semicolon, tab and |.
    ///
    /// Missing values are stored as unknown. Invalid rows are reported with their line and the
    /// reason, and rejected. Exits with 1 if a file is truncated or most of its rows are rejected;
    /// its valid rows are imported. The latest observation of a video sets its texts, tags,
    /// publication time and channel, and the latest of a day the counts of that day: importing
    /// twice changes nothing, and an interrupted import is completed by running it again. Ends with
    /// the search index updated.
    ///
    /// Files of more than 16 MB in total are imported into an empty database in one
    /// transaction, several times as fast: the tables are locked until it ends, and an
    /// interruption rolls everything back.
    ///
    /// If no file has the subscribers of a channel, they are estimated from its views, and marked
    /// as an estimate in the tables, the API and the pages. docs/DATA.md lists supported files and
    /// how to get them.
    Import(ImportArgs),

    /// Rebuild the search index from the database, and replace the old one
    ///
    /// Searches are not interrupted: a new index is built beside the old one, the alias is
    /// switched atomically, and videos that changed meanwhile are indexed again.
    Reindex {
        /// Only index videos that changed since then, into the current index: a time
        /// (2026-11-21T10:00:00+09:00), a day in Seoul (2026-11-21), or a duration (90m, 2h,
        /// 3d). Videos deleted from the database leave the index with a full reindex
        #[arg(long, value_name = "TIME", value_parser = ingest::reindex::parse_since)]
        since: Option<ingest::reindex::Since>,

        /// Do nothing if there is a complete index that this version can search
        #[arg(long, conflicts_with = "since")]
        if_missing: bool,
    },

    /// Refresh the rollups: the tables of comparisons, charts and suggestions
    ///
    /// Imports, `createtrend seed` and the service `collector` refresh them after each change.
    Rollup {
        /// Compute all rows again, not only changed ones
        #[arg(long)]
        rebuild: bool,
    },

    /// Train the model that predicts views
    ///
    /// Trains on prepared files (of daily views, or of the trending list; the header determines
    /// the format), on the database, or on both. Invalid rows are reported and rejected. The same
    /// sources and name give the same file. The setting model.file selects the model in use.
    Train(TrainArgs),

    /// Evaluate the model on prepared files or the database, compared with two baselines
    ///
    /// Prints RMSLE, the median absolute percentage error, Spearman's rank correlation and the
    /// share of views inside the 80 % interval. RMSLE and this share are also printed by Shorts and
    /// long videos, by subscribers, by source and by age, with bootstrap intervals. For videos
    /// counted at several ages, the count nearest to --age is used; it may differ by up to a
    /// quarter.
    Evaluate(EvaluateArgs),

    /// Add, list and remove the sources of the collector: channels, charts and searches
    Source {
        /// The subcommand
        #[command(subcommand)]
        command: SourceCommand,
    },

    /// Collect everything that is due from YouTube, once
    ///
    /// The service `collector` collects continuously. Needs an API key: the setting
    /// collector.key_file.
    Collect {
        /// End when nothing is due; required
        #[arg(long, required = true)]
        once: bool,

        /// Only print the due work and its cost; no request is sent
        #[arg(long)]
        dry_run: bool,
    },

    /// Show the quota of the YouTube Data API: the used part, and the cost of the due work
    Quota,

    /// Check a file with an API key, and check with a request that YouTube accepts it
    ///
    /// Costs a unit of the quota. The file must contain only the key; a byte order mark, blank
    /// lines and spaces around it are ignored. Exits with 1 if it does not, or if YouTube rejects
    /// the key, but not if YouTube is unavailable or the quota is used up.
    CheckKey {
        /// The file
        file: PathBuf,
    },

    /// Create, list and change accounts
    User {
        /// The subcommand
        #[command(subcommand)]
        command: UserCommand,
    },

    /// Check settings, secrets, PostgreSQL, Elasticsearch with nori, and RabbitMQ, and print
    /// remedies
    ///
    /// Exits with 1 if a check fails.
    Doctor,

    /// Create the missing secrets of a container installation, one file each
    ///
    /// Existing secrets are kept. The files are in folders by reader: one for each service,
    /// postgres/, rabbitmq/, accounts/, monitoring/, postgres-exporter/, and servers/, which also
    /// gets RabbitMQ's definitions.
    Secrets {
        /// Parent folder of these folders
        folder: PathBuf,

        /// RabbitMQ's definitions with @PASSWORD@ and @NAME_PASSWORD@ as placeholders
        #[arg(long, value_name = "FILE")]
        definitions: PathBuf,
    },

    /// Merge and translate the OpenAPI documents of the services (`<service> openapi`)
    Openapi {
        /// The documents
        #[arg(required = true, value_name = "FILE")]
        parts: Vec<PathBuf>,

        /// A JSON object of Korean translations; missing and unused ones are errors
        #[arg(long, value_name = "FILE")]
        translations: PathBuf,

        /// The folder for openapi.json and openapi.yaml
        #[arg(long, value_name = "FOLDER")]
        into: PathBuf,
    },
}

/// The arguments of `import`.
#[derive(Debug, Args)]
pub struct ImportArgs {
    /// Video files; - for the standard input
    #[arg(required_unless_present = "channels", value_name = "FILE")]
    pub files: Vec<PathBuf>,

    /// A CSV or JSON channel file: channelId, subscribers, and if known viewCount, title,
    /// description, publishedAt, thumbnail, date; or responses of channels.list
    #[arg(long, value_name = "FILE")]
    pub channels: Option<PathBuf>,

    /// The day on which rows without a date were observed (2026-11-21); by default the day in
    /// the file's name (videos-20261121.json)
    #[arg(long, value_name = "DAY", value_parser = parse_day)]
    pub date: Option<NaiveDate>,

    /// Shift all times by the same number of days, so that the newest day of the files
    /// is today, or a day before if a time would be in the future; never back
    #[arg(long)]
    pub shift_to_now: bool,

    /// The format of FILE, if it is not recognized: csv, youtube-api, yt-dlp or json
    #[arg(long, value_parser = Format::parse)]
    pub format: Option<Format>,

    /// The encoding, if it is not recognized: cp949, utf-8, utf-16le, shift_jis and others
    #[arg(long, value_parser = parse_encoding)]
    pub encoding: Option<&'static Encoding>,

    /// The separator of columns, if it is not recognized: one character, or tab
    #[arg(long, value_name = "CHARACTER", value_parser = parse_separator)]
    pub separator: Option<u8>,

    /// Write the rejected and repaired rows to this file, as `file:line: reason`
    #[arg(long, value_name = "FILE")]
    pub rejects: Option<PathBuf>,

    /// Only read and check the files, and print the summary: nothing is stored, and no
    /// database is needed
    #[arg(long)]
    pub dry_run: bool,
}

impl From<ImportArgs> for ImportOptions {
    fn from(arguments: ImportArgs) -> Self {
        let ImportArgs {
            files,
            channels,
            date,
            shift_to_now,
            format,
            encoding,
            separator,
            rejects,
            dry_run,
        } = arguments;
        Self {
            channels,
            date,
            shift_to_now,
            format,
            encoding,
            separator,
            rejects,
            dry_run,
            ..Self::new(files)
        }
    }
}

/// The arguments of `train`.
#[derive(Debug, Args)]
pub struct TrainArgs {
    /// A prepared file, plain CSV or .gz; may be given several times
    #[arg(long = "file", value_name = "FILE")]
    pub files: Vec<PathBuf>,

    /// Train on the database: its newest videos with their counts, and the subscribers of
    /// their channels
    #[arg(long)]
    pub tables: bool,

    /// The model file to write
    #[arg(long, value_name = "FILE")]
    pub out: PathBuf,

    /// The first part of the model's version; by default today's date
    #[arg(long)]
    pub name: Option<String>,

    /// Compare a model of the earlier uploads with the model in --out (or, without that file,
    /// the model in use) on uploads after the training of both, and replace it only if the new
    /// one is better. Both results are appended to FILE.trials.jsonl, next to FILE.json. The
    /// model stays until 50 such videos were counted at an age of about 7 days
    #[arg(long)]
    pub if_better: bool,
}

/// The arguments of `evaluate`.
#[derive(Debug, Args)]
pub struct EvaluateArgs {
    /// Prepared files, plain CSV or .gz
    #[arg(required_unless_present = "tables", value_name = "FILE")]
    pub files: Vec<PathBuf>,

    /// Evaluate on the database
    #[arg(long)]
    pub tables: bool,

    /// The age of the compared views
    #[arg(long, value_name = "DAYS", default_value_t = 7.0, value_parser = parse_age)]
    pub age: f64,

    /// The inputs of the model, comma-separated; by default everything in the file:
    /// subscribers, date, time, category, uploads, shorts, title, history (the channel's earlier
    /// videos in the file)
    #[arg(long, value_delimiter = ',', value_parser = training::evaluate::parse_input)]
    pub inputs: Option<Vec<training::evaluate::Input>>,

    /// A model file; by default the model in use
    #[arg(long, value_name = "FILE")]
    pub model: Option<PathBuf>,
}

/// The subcommands of `user`.
#[derive(Debug, Subcommand)]
pub enum UserCommand {
    /// Create an account; prompts for its password, or reads a line of standard input
    Create {
        /// 5 to 150 letters, digits and @.+-_ of any script
        name: String,
    },

    /// List all accounts
    List,

    /// Disable an account, and revoke its sessions
    Deactivate {
        /// The username
        name: String,
    },

    /// Enable an account
    Activate {
        /// The username
        name: String,
    },

    /// Change an account's password, and revoke its sessions; prompts for the password, or
    /// reads a line of standard input
    SetPassword {
        /// The username
        name: String,
    },

    /// Revoke an account's sessions
    RevokeTokens {
        /// The username
        name: String,
    },
}
