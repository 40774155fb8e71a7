//! The hub: it alone has sockets, a clock and a die, and it knows everybody.
//!
//! [`Server::build`] is the composition root, plain and from top to bottom. What a turn does is in [`turns`], what can
//! be called is in [`http`], what is measured in [`meters`].
//!
//! To add a route: a function in a file under `http/`, a line in its table (with who may call it), a scene in
//! `tests/it/`.

pub mod attempts;
pub mod bridge;
pub mod chat;
pub mod clock;
pub mod config;
pub mod consulttalk;
pub mod demo;
pub mod document;
pub mod editors;
pub mod effects;
pub mod guard;
pub mod http;
pub mod insight;
pub mod library;
pub mod lint;
pub mod live;
pub mod mailer;
pub mod meters;
pub mod numbers;
pub mod password;
pub mod people;
pub mod picture;
pub mod problems;
pub mod push;
pub mod secret;
pub mod signing;
pub mod totp;
pub mod tryout;
pub mod turns;
pub mod vault;
pub mod webchat;
pub mod webhooks;
pub mod webpush;

use std::{
    io,
    net::SocketAddr,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use store::{OpenError, OwnerId, Store};
use tokio::{
    net::TcpListener,
    sync::{OwnedSemaphorePermit, Semaphore},
    task::JoinHandle,
};

use crate::{
    clock::{Clock, Die},
    config::Config,
    editors::Editors,
    effects::provider::Memory,
    guard::Guard,
    insight::Insight,
    meters::Meters,
    people::People,
    problems::Problems,
    turns::{bots::Bots, lane::Lanes, scratch::Scratch},
    vault::{KeySource, Vault},
};

/// How often old problems are thrown away and due masks applied.
const TIDY_EVERY: Duration = Duration::from_secs(60);
/// How often histograms are folded.
const UPKEEP_EVERY: Duration = Duration::from_secs(5);
/// How often silent consultations are closed and waiting requests looked at again.
const SWEEP_EVERY: Duration = Duration::from_secs(10);
/// How long events are kept for consoles that were away and for webhooks that could not be told.
const EVENTS_FOR_MS: i64 = 3 * 86_400_000;
/// What is tried in the console at the same time: previews, scripts, path tests. They never take a customer's place.
const TRIALS_AT_ONCE: usize = 16;
/// How long running turns may take to end when the server stops.
const STOP_WITHIN: Duration = Duration::from_secs(10);

/// Everything that turns and routes share.
#[derive(Debug)]
pub struct Hub {
    /// How the server runs.
    pub config: Config,
    /// The clock.
    pub clock: Clock,
    /// The die.
    pub die: Die,
    /// The store.
    pub store: Store,
    /// Parsed bots.
    pub bots: Bots,
    /// One turn per end user at a time.
    pub lanes: Lanes,
    /// Test conversations.
    pub scratch: Scratch,
    /// What went wrong, on its way to the store.
    pub problems: Problems,
    /// What is measured.
    pub meters: Meters,
    /// What signing in needs.
    pub people: People,
    /// The processes that run scripts.
    pub scripts: sandbox::Pool,
    /// This run of the program: who works on late answers.
    pub owner: OwnerId,
    /// The client for calls to other servers.
    pub guard: Guard,
    /// The old servers behind bridges.
    pub bridges: bridge::Bridges,
    /// Who works on which draft.
    pub editors: Editors,
    /// Secrets and connections of workspaces.
    pub vault: Vault,
    /// What is remembered between questions to connected services.
    pub memory: Memory,
    /// What happens, told to whoever watches.
    pub live: live::Live,
    /// What is remembered of conversations that agents can take over.
    pub chats: chat::Memory,
    /// What is remembered of ConsultationTalk between calls.
    pub consult: consulttalk::Memory,
    /// Where pages of end users come from.
    pub web_addresses: Arc<webchat::pace::Addresses>,
    /// What end users may still send.
    pub web_visitors: webchat::pace::Visitors,
    /// What owners see afterwards, as far as it lives in memory.
    pub insight: Insight,
    permits: Arc<Semaphore>,
    trials: Arc<Semaphore>,
    stopping: AtomicBool,
}

/// Why a server does not start.
#[derive(Debug, thiserror::Error)]
pub enum BuildError {
    /// The data folder cannot be made.
    #[error("{folder}: {error}")]
    Folder {
        /// The folder.
        folder: String,
        /// Why not.
        error: io::Error,
    },
    /// The store does not open.
    #[error(transparent)]
    Store(#[from] OpenError),
    /// The machine gives no entropy.
    #[error("the machine gives no random numbers: {0}")]
    Die(getrandom::Error),
    /// Other servers cannot be called.
    #[error(transparent)]
    Guard(guard::GuardError),
    /// A demo lets anyone in, and others could come.
    #[error(
        "the demo lets anyone in without a password, so it only runs where nobody else can come: listen on 127.0.0.1 and set no public_url, or start without --demo"
    )]
    DemoInPublic,
    /// The demo cannot be made.
    #[error("the demo could not be made: {0}")]
    Demo(#[from] demo::DemoError),
    /// The address cannot be listened on.
    #[error("{address}: {error}")]
    Listen {
        /// The address.
        address: SocketAddr,
        /// Why not.
        error: io::Error,
    },
}

/// A server that listens.
#[derive(Debug)]
pub struct Server {
    hub: Arc<Hub>,
    listener: TcpListener,
    address: SocketAddr,
}

impl Hub {
    /// A hub without a socket: what commands work with.
    pub async fn open(config: Config) -> Result<Arc<Self>, BuildError> {
        let clock = Clock::ahead(config.ahead_ms);
        let die = Die::new().map_err(BuildError::Die)?;
        let owner = OwnerId::new(clock.now_ms(), die.roll_wide());
        if config.database.is_empty() {
            std::fs::create_dir_all(&config.data)
                .map_err(|error| BuildError::Folder { folder: config.data.display().to_string(), error })?;
        }
        let scripts = script_pool(&config.scripts);
        let bridges = bridge::Bridges::new(guard::Options::of(&config.outbound));
        let guard = Guard::new(guard::Options::of(&config.outbound)).map_err(BuildError::Guard)?;
        let store = Store::open(store::Options { url: &config.store_url(), now_ms: clock.now_ms() }).await?;
        let vault = Vault::new(store.clone(), clock, die.clone(), KeySource::of_environment(&config.data));
        Ok(Arc::new(Self {
            permits: Arc::new(Semaphore::new(config.limits.turns_at_once)),
            trials: Arc::new(Semaphore::new(TRIALS_AT_ONCE)),
            config,
            clock,
            die,
            store,
            bots: Bots::default(),
            lanes: Lanes::default(),
            scratch: Scratch::default(),
            problems: Problems::default(),
            meters: Meters::default(),
            people: People::default(),
            owner,
            scripts,
            bridges,
            guard,
            editors: Editors::default(),
            vault,
            memory: Memory::default(),
            live: live::Live::default(),
            chats: chat::Memory::default(),
            consult: consulttalk::Memory::default(),
            web_addresses: Arc::default(),
            web_visitors: webchat::pace::Visitors::default(),
            insight: Insight::default(),
            stopping: AtomicBool::new(false),
        }))
    }

    /// The right to run one more turn, if there is room.
    pub fn permit(&self) -> Option<OwnedSemaphorePermit> {
        Arc::clone(&self.permits).try_acquire_owned().ok()
    }

    /// The right to try something in the console, if there is room.
    pub fn trial(&self) -> Option<OwnedSemaphorePermit> {
        Arc::clone(&self.trials).try_acquire_owned().ok()
    }

    /// How many turns run now.
    pub fn running(&self) -> usize {
        self.config.limits.turns_at_once - self.permits.available_permits()
    }

    /// Is the server about to stop?
    pub fn stopping(&self) -> bool {
        self.stopping.load(Ordering::Relaxed)
    }
}

impl Server {
    /// Opens the store and the socket.
    ///
    /// The socket comes first: where the configuration says port 0 the console shows addresses with the port that
    /// the system gave.
    pub async fn build(mut config: Config) -> Result<Self, BuildError> {
        demo::check(&config)?;
        let asked = config.listen;
        let listener =
            TcpListener::bind(asked).await.map_err(|error| BuildError::Listen { address: asked, error })?;
        let address = listener.local_addr().unwrap_or(asked);
        config.listen = address;
        let hub = Hub::open(config).await?;
        if hub.config.demo {
            demo::prepare(&hub).await.map_err(BuildError::Demo)?;
        }
        Ok(Self { hub, listener, address })
    }

    /// Where it listens: the real port where the configuration said 0.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// What it is made of.
    pub fn hub(&self) -> &Arc<Hub> {
        &self.hub
    }

    /// Serves until `stop` resolves, then lets running turns end.
    pub async fn run(self, stop: impl Future<Output = ()> + Send + 'static) -> io::Result<()> {
        let hub = self.hub;
        hub.scripts.warm();
        let helpers = helpers(&hub);
        let announce = Arc::clone(&hub);
        let (stopped, until_stopped) = tokio::sync::oneshot::channel::<()>();
        // Where a call comes from is known to the console, which counts guesses by it.
        let service = http::router(Arc::clone(&hub)).into_make_service_with_connect_info::<SocketAddr>();
        let serving = axum::serve(self.listener, service).with_graceful_shutdown(async move {
            stop.await;
            announce.stopping.store(true, Ordering::Relaxed);
            announce.editors.close();
            let _ = stopped.send(());
        });
        // A connection that is kept alive without a request must not keep the server alive.
        let ended = tokio::select! {
            ended = serving.into_future() => ended,
            () = async {
                let _ = until_stopped.await;
                tokio::time::sleep(STOP_WITHIN).await;
            } => Ok(()),
        };
        let turns_ended = async {
            while hub.running() > 0 {
                tokio::time::sleep(Duration::from_millis(10)).await;
            }
        };
        if tokio::time::timeout(STOP_WITHIN, turns_ended).await.is_err() {
            tracing::warn!(turns.running = hub.running(), "turns were still running when the server stopped");
        }
        while problems::flush(&hub).await {}
        while insight::log::flush(&hub).await {}
        for helper in helpers {
            helper.abort();
        }
        ended
    }
}

/// Who runs scripts: this program under another name, unless the configuration says otherwise.
pub fn script_pool(config: &config::Scripts) -> sandbox::Pool {
    let own = std::env::current_exe().unwrap_or_else(|_| "closer".into());
    let mut options = if config.program.as_os_str().is_empty() {
        sandbox::Options::new(own, ["js-worker"])
    } else {
        sandbox::Options::new(&config.program, [""; 0])
    };
    options.workers = config.workers;
    options.per_owner = config.per_bot.min(config.workers);
    options.time_zone.clone_from(&config.time_zone);
    sandbox::Pool::new(options)
}

fn helpers(hub: &Arc<Hub>) -> Vec<JoinHandle<()>> {
    let spawn = |hub: &Arc<Hub>, task: fn(Arc<Hub>) -> std::pin::Pin<Box<dyn Future<Output = ()> + Send>>| {
        tokio::spawn(task(Arc::clone(hub)))
    };
    vec![
        spawn(hub, |hub| Box::pin(async move { problems::write(&hub).await })),
        spawn(hub, |hub| Box::pin(async move { push::watch(&hub).await })),
        spawn(hub, |hub| Box::pin(async move { insight::log::write(&hub).await })),
        spawn(hub, |hub| Box::pin(async move { insight::follow::run(&hub).await })),
        spawn(hub, |hub| Box::pin(async move { chat::index::run(&hub).await })),
        spawn(hub, |hub| Box::pin(async move { insight::watch::run(&hub).await })),
        spawn(hub, |hub| Box::pin(async move { insight::keep::run(&hub).await })),
        spawn(hub, |hub| Box::pin(async move { webhooks::run(&hub).await })),
        spawn(hub, |hub| Box::pin(async move { webpush::run(&hub).await })),
        spawn(hub, |hub| Box::pin(async move { consulttalk::hooks::run(&hub).await })),
        spawn(hub, |hub| Box::pin(async move { consulttalk::outbox::run(&hub).await })),
        spawn(hub, |hub| {
            Box::pin(async move {
                loop {
                    tokio::time::sleep(SWEEP_EVERY).await;
                    chat::close::sweep(&hub).await;
                }
            })
        }),
        spawn(hub, |hub| {
            Box::pin(async move {
                loop {
                    tokio::time::sleep(UPKEEP_EVERY).await;
                    hub.meters.upkeep();
                }
            })
        }),
        spawn(hub, |hub| {
            Box::pin(async move {
                loop {
                    tidy(&hub).await;
                    tokio::time::sleep(TIDY_EVERY).await;
                }
            })
        }),
    ]
}

/// What is due from time to time.
async fn tidy(hub: &Hub) {
    turns::late::settle(hub).await;
    let now_ms = hub.clock.now_ms();
    let limits = &hub.config.limits;
    let oldest = now_ms - i64::from(limits.problems_days) * 86_400_000;
    if let Err(error) = hub.store.prune_problems(limits.problems_per_bot, oldest).await {
        tracing::warn!(%error, "old problems could not be thrown away; they are tried again in a minute");
    }
    if let Err(error) = hub.store.mask_due(now_ms).await {
        tracing::warn!(%error, "messages that are due could not be masked; they are tried again in a minute");
    }
    if let Err(error) = hub.store.prune_live(now_ms - EVENTS_FOR_MS).await {
        tracing::warn!(%error, "old events could not be thrown away; they are tried again in a minute");
    }
    if let Err(error) = people::tidy(hub).await {
        tracing::warn!(%error, "what has ended in the console could not be thrown away; it is tried again in a minute");
    }
}
