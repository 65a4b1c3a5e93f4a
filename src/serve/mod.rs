//! A preview: the out folder as it would be on the web, for this machine alone.
//!
//! In: an out folder, and a way to build it. Out: answers on loopback with what a good server says of feeds (media types, strong
//! validators, `304`, packed bodies, ranges), and, while sources are watched, builds after each change, of which open pages are told. `shelf` knows what
//! is there, `document` what HTTP says of a file, `answer` what a request gets, `reload` and `events` make pages follow, `watch` says
//! when to build. Never answers for another host than this one, never opens a path that a request made up.

mod answer;
mod coding;
mod document;
mod events;
mod media_type;
mod range;
mod reload;
mod shelf;
mod watch;

pub use watch::Sources;

use crate::clock::Clock;
use answer::Served;
use axum::Router;
use axum::serve::ListenerExt;
use events::Told;
use futures_util::future::{Either, pending, select};
use shelf::Shelf;
use std::future::IntoFuture;
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::path::PathBuf;
use std::pin::pin;
use std::sync::Arc;
use std::sync::mpsc::channel;
use std::time::Duration;
use tokio::sync::watch as state;
use watch::{Watch, Word};

/// How long answers that are under way may take when the server is told to end.
const GRACE: Duration = Duration::from_secs(2);

/// What is served, and whether it follows its sources.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Options {
    /// The out folder; absolute.
    pub out: PathBuf,
    /// Build after each change, and tell open pages.
    pub watch: bool,
}

impl Options {
    /// An out folder as it is.
    pub fn new(out: impl Into<PathBuf>) -> Self {
        Self { out: out.into(), watch: false }
    }
}

/// How a build ended.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Built {
    /// What people are shown in the page: what is wrong; `None` when nothing is.
    pub problem: Option<String>,
    /// What the build reads; `None` when that could not be found out, and is as it was.
    pub sources: Option<Sources>,
}

/// Why nothing can be served.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ServeError {
    /// The port cannot be had.
    #[error("expected a free port, found 127.0.0.1:{port} taken: {source}")]
    Port {
        /// Which one.
        port: u16,
        /// What the system says.
        source: std::io::Error,
    },
    /// The system refused something else.
    #[error("expected to serve, found: {0}")]
    System(#[from] std::io::Error),
    /// Changes cannot be watched.
    #[error("expected to watch the site's folders, found: {0}")]
    Watch(String),
}

/// A server that has its port and answers nobody yet.
#[derive(Debug)]
pub struct Server {
    listener: TcpListener,
    address: SocketAddr,
}

impl Server {
    /// Takes a port of the loopback interface; 0 picks a free one.
    ///
    /// # Errors
    ///
    /// [`ServeError::Port`] when somebody else has it.
    pub fn bind(port: u16) -> Result<Self, ServeError> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).map_err(|source| ServeError::Port { port, source })?;
        listener.set_nonblocking(true)?;
        let address = listener.local_addr()?;
        Ok(Self { listener, address })
    }

    /// Where it answers.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Serves what `first` built until the process is told to end (Ctrl-C, SIGTERM); `build` is called after each change of the sources.
    /// Answers that are under way are finished.
    ///
    /// # Errors
    ///
    /// [`ServeError`] when it cannot begin, or cannot answer any more.
    pub fn run(self, options: &Options, first: Built, build: &mut dyn FnMut() -> Built) -> Result<(), ServeError> {
        let shelf = Arc::new(Shelf::of(options.out.clone(), options.watch));
        let mut story = Story { began: Clock::System.millis(), changes: 0, problem: first.problem };
        let (news, listening) = state::channel(Some(story.told()));
        let (sender, words) = channel();
        // Without sources only what is served is watched: another program may build it.
        let sources = first.sources.filter(|_| options.watch).unwrap_or_default();
        let mut watch = Watch::begin(options.out.clone(), sources, &sender).map_err(ServeError::Watch)?;
        let served = Arc::new(Served { shelf: shelf.clone(), news: options.watch.then_some(listening) });
        let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
        let (listener, news) = (self.listener, &news);
        std::thread::scope(|scope| {
            let answering = scope.spawn(move || {
                let ended = runtime.block_on(answer_all(listener, served, news));
                // Who still reads is not waited for any longer.
                runtime.shutdown_background();
                let _ = sender.send(Word::Ended);
                ended
            });
            loop {
                let change = watch.wait(&words);
                if change.is_end {
                    break;
                }
                let built = change.of_sources.then(&mut *build);
                if let Some(built) = &built {
                    story.problem.clone_from(&built.problem);
                }
                if let Err(why) = watch.renew(built.and_then(|built| built.sources)) {
                    story.problem = Some(ServeError::Watch(why).to_string());
                }
                story.changes += u64::from(shelf.refresh());
                news.send_if_modified(|told| told.replace(story.told()) != Some(story.told()));
            }
            answering.join().unwrap_or_else(|_| Err(std::io::Error::other("a thread failed"))).map_err(ServeError::System)
        })
    }
}

/// What became of the builds so far.
struct Story {
    /// Tells one run of the server from the next.
    began: i64,
    /// How often what is served became other.
    changes: u64,
    problem: Option<String>,
}

impl Story {
    fn told(&self) -> Told {
        Told { generation: format!("{}-{}", self.began, self.changes), problem: self.problem.clone() }
    }
}

/// Answers requests until the process is told to end.
async fn answer_all(listener: TcpListener, served: Arc<Served>, news: &state::Sender<Option<Told>>) -> std::io::Result<()> {
    let listener = tokio::net::TcpListener::from_std(listener)?.tap_io(|stream| {
        // Small answers need not wait for more; without it they are late and nothing else.
        let _ = stream.set_nodelay(true);
    });
    let router = Router::new().fallback(answer::answer).with_state(served);
    let (sender, mut told_to_end) = state::channel(false);
    let asked = Arc::new(sender);
    let asking = asked.clone();
    let serving = axum::serve(listener, router).with_graceful_shutdown(async move {
        end().await;
        asking.send_replace(true);
    });
    let late = async {
        // The sender lives as long as this function.
        let _ = told_to_end.wait_for(|told| *told).await;
        // Pages that listen would do so for ever.
        news.send_replace(None);
        tokio::time::sleep(GRACE).await;
    };
    match select(pin!(serving.into_future()), pin!(late)).await {
        Either::Left((ended, _)) => ended,
        Either::Right(_) => Ok(()),
    }
}

/// Ends when the process is told to: by Ctrl-C, or by SIGTERM.
async fn end() {
    let interrupt = async {
        if tokio::signal::ctrl_c().await.is_err() {
            pending::<()>().await;
        }
    };
    #[cfg(unix)]
    let terminate = async {
        match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
            Ok(mut signal) => drop(signal.recv().await),
            Err(_) => pending().await,
        }
    };
    #[cfg(not(unix))]
    let terminate = pending::<()>();
    select(pin!(interrupt), pin!(terminate)).await;
}
