//! The command line. The documentation of its items is what `--help` prints.

#![expect(clippy::doc_markdown, reason = "terminals show no markdown")]

use clap::{Parser, Subcommand};
use std::path::PathBuf;

/// Prepares, fills and checks what the services of CreateTrend work on.
///
/// Settings come from the environment (CREATETREND_POSTGRES__HOST and so on) or from the
/// TOML file that CREATETREND_SETTINGS_FILE names. `createtrend doctor` says which are
/// missing or wrong.
#[derive(Debug, Parser)]
#[command(name = "createtrend", version, max_term_width = 100)]
pub struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// The subcommands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Bring the database up to date: make or upgrade its tables, keeping every row
    ///
    /// Works on an empty database and on one made by the old system. Each migration is one
    /// transaction; running it again does nothing. Grants on tables and rows stay as they
    /// are.
    Migrate,

    /// Fill the database with demo data: synthetic, the same each time, without network
    ///
    /// Running it again does nothing within a day; later it moves the demo's times forward
    /// by whole days, so that its newest videos are less than a day old. It refuses a database that
    /// holds other videos. Run `createtrend reindex` afterwards.
    Seed {
        /// How many videos
        #[arg(long, value_name = "N", default_value_t = ingest::seed::DEFAULT_SCALE, value_parser = clap::value_parser!(u32).range(0..=50_000_000))]
        scale: u32,

        /// As containers do when they start: a database that holds other videos is left as
        /// it is, and the search index is built where it is missing or the demo has
        /// changed. With --scale 0, only that
        #[arg(long)]
        at_start: bool,
    },

    /// Bring videos into the database from files of the Kaggle data set "YouTube Trending
    /// Video Dataset"
    ///
    /// One row of a file is one video on one day; the first line names the columns
    /// (video_id, title, publishedAt, channelId, channelTitle, trending_date, tags,
    /// view_count, likes, dislikes, thumbnail_link, description; others are ignored). A
    /// file may be plain CSV or .gz.
    ///
    /// Rows that cannot be used are reported with their line and the reason, and the rest
    /// goes in. What is in the database already stays: running it twice changes nothing,
    /// and after an interruption it is simply run again. Run `createtrend reindex`
    /// afterwards.
    ///
    /// Files of together more than 16 MB fill a database that is empty or holds a small
    /// demo in one go, several times as fast: other programs, the services too, cannot use
    /// its videos until that has ended, and interrupted it leaves everything as it was.
    ///
    /// The files say nothing of subscribers. Without --channels the number of a channel's
    /// subscribers is estimated from its views, and marked as an estimate
    /// (channel.hidden_subscriber).
    Import {
        /// CSV files, plain or .gz
        #[arg(required = true, value_name = "FILE")]
        files: Vec<PathBuf>,

        /// A CSV file of channels, plain or .gz: channelId, subscribers, and if known
        /// viewCount, title, description, publishedAt, thumbnail, date
        #[arg(long, value_name = "FILE")]
        channels: Option<PathBuf>,

        /// Move all times by the same number of days, so that the newest day of the files
        /// is today
        #[arg(long)]
        shift_to_now: bool,

        /// Also write every report on a row to this file, as `file:line: reason`
        #[arg(long, value_name = "FILE")]
        rejects: Option<PathBuf>,
    },

    /// Build the search index anew from the database, and put it in place of the old one
    ///
    /// Searches go on undisturbed: the new index is made beside the old one, an alias is
    /// switched in one step, and what changed meanwhile is brought over.
    Reindex {
        /// Only bring over videos that changed since then, into the index in use: a time
        /// (2026-11-21T10:00:00+09:00), a day in Seoul (2026-11-21), or how long ago (90m,
        /// 2h, 3d). Videos deleted from the database leave the index with a full reindex
        #[arg(long, value_name = "TIME", value_parser = ingest::reindex::parse_since)]
        since: Option<ingest::reindex::Since>,

        /// Do nothing where there is an index that this version can search
        #[arg(long, conflicts_with = "since")]
        if_missing: bool,
    },

    /// Train the model that predicts views
    ///
    /// It learns from prepared files (of daily views, or of the trending list; the format is
    /// told by the header), from the database, or from both. Bad rows are reported and left
    /// out. The same sources and the same name give the same file. The model is used where
    /// the setting model.file names it.
    Train {
        /// A prepared file, plain CSV or .gz; may be given several times
        #[arg(long = "file", value_name = "FILE")]
        files: Vec<PathBuf>,

        /// Learn from the database: its newest videos with their counts, and the subscribers
        /// of their channels
        #[arg(long)]
        tables: bool,

        /// The model file to write
        #[arg(long, value_name = "FILE")]
        out: PathBuf,

        /// The first part of the model's version; today's date without it
        #[arg(long)]
        name: Option<String>,
    },

    /// Measure the model's estimates on a prepared file, beside two simple ones
    ///
    /// Prints RMSLE, the median absolute percentage error, Spearman's rank correlation and
    /// how many views are inside their 80 % interval. Of videos counted at several ages, the
    /// count nearest to --age is taken, up to a quarter of it away.
    Evaluate {
        /// A prepared file, plain CSV or .gz
        file: PathBuf,

        /// The age at which views are compared
        #[arg(long, value_name = "DAYS", default_value_t = 7.0, value_parser = parse_age)]
        age: f64,

        /// What the model is told, comma-separated; everything the file has without it:
        /// subscribers, date, time, category, uploads, title, history (the channel's earlier
        /// videos in the file)
        #[arg(long, value_delimiter = ',', value_parser = training::evaluate::parse_input)]
        inputs: Option<Vec<training::evaluate::Input>>,

        /// A model file; the model in use without it
        #[arg(long, value_name = "FILE")]
        model: Option<PathBuf>,
    },

    /// Make, show and change accounts
    User {
        /// What to do
        #[command(subcommand)]
        command: UserCommand,
    },

    /// Check settings, secrets, PostgreSQL, Elasticsearch with nori, and RabbitMQ, and say
    /// what to do
    ///
    /// Ends with 1 where something is missing or wrong.
    Doctor,

    /// Make the secrets that containers share, each in a file, where they are missing
    ///
    /// What is there stays as it is. The files are in folders by who may read them:
    /// postgres/, rabbitmq/, accounts/, monitoring/ and servers/, which also gets RabbitMQ's
    /// definitions.
    Secrets {
        /// The folder of the folders
        folder: PathBuf,

        /// RabbitMQ's definitions with @PASSWORD@ and @OPERATOR_PASSWORD@ where passwords
        /// go
        #[arg(long, value_name = "FILE")]
        definitions: PathBuf,
    },

    /// Merge the services' parts of the OpenAPI document (as `<service> openapi` prints
    /// them) into one
    Openapi {
        /// The parts
        #[arg(required = true, value_name = "FILE")]
        parts: Vec<PathBuf>,

        /// The folder for openapi.json and openapi.yaml
        #[arg(long, value_name = "FOLDER")]
        into: PathBuf,
    },
}

/// The subcommands of `user`. A new password is asked for on a terminal; anywhere else it is
/// one line of standard input.
#[derive(Debug, Subcommand)]
pub enum UserCommand {
    /// Make an account; asks for its password, or reads it as a line from standard input
    Create {
        /// 5 to 150 letters, digits and @.+-_ of any script
        name: String,
    },

    /// Show all accounts
    List,

    /// Log an account out everywhere, and let nobody log in
    Deactivate {
        /// Its name
        name: String,
    },

    /// Let an account log in again
    Activate {
        /// Its name
        name: String,
    },

    /// Give an account a new password, and log it out everywhere; asks for the password,
    /// or reads it as a line from standard input
    SetPassword {
        /// Its name
        name: String,
    },

    /// Log an account out everywhere
    RevokeTokens {
        /// Its name
        name: String,
    },
}

fn parse_age(text: &str) -> Result<f64, String> {
    let age = text.parse().ok().filter(|age| (0.25..=3650.0).contains(age));
    age.ok_or_else(|| "an age is a number of days from 0.25 to 3650".to_owned())
}
