//! A web server that answers as it is told, also wrongly, and remembers what it was asked.
//!
//! ```ignore
//! let server = Server::start();
//! server.route("/feed", Answer::feed("<rss/>").etag("\"1\""));
//! fetch(&server.url("/feed"));
//! assert_eq!(server.requests()[0].text("if-none-match"), None);
//! ```
//!
//! One thread a connection. It stops when it is dropped.

use feedloom::clock::Manual;
use std::collections::BTreeMap;
use std::io::{Read, Write};
use std::net::{IpAddr, Ipv4Addr, Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Condvar, Mutex};
use std::thread::JoinHandle;
use std::time::Duration;

/// What was asked.
#[derive(Clone, Debug)]
#[allow(dead_code, reason = "each test looks at something else")]
pub(crate) struct Seen {
    pub(crate) method: String,
    /// As it was sent: path and query; a whole address when the server is asked as a proxy.
    pub(crate) target: String,
    /// Without the query.
    pub(crate) path: String,
    /// In their order, names in lower case.
    pub(crate) headers: Vec<(String, Vec<u8>)>,
    pub(crate) body: Vec<u8>,
    /// The hand-moved time, for a server that knows one.
    pub(crate) millis: Option<i64>,
    /// How many requests were being answered, this one included.
    pub(crate) in_flight: usize,
    /// Which connection it came over, counted from 0.
    pub(crate) connection: usize,
}

#[allow(dead_code, reason = "each test looks at something else")]
impl Seen {
    /// The bytes of a header.
    pub(crate) fn header(&self, name: &str) -> Option<&[u8]> {
        self.headers.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_slice())
    }

    /// A header as text.
    pub(crate) fn text(&self, name: &str) -> Option<String> {
        self.header(name).map(|value| String::from_utf8_lossy(value).into_owned())
    }

    /// The host that was asked for, without the port.
    pub(crate) fn host(&self) -> String {
        let host = self.text("host").unwrap_or_default();
        host.rsplit_once(':').map_or(host.clone(), |(name, _)| name.to_owned())
    }

    /// The names of all headers, sorted.
    pub(crate) fn names(&self) -> Vec<&str> {
        let mut names: Vec<&str> = self.headers.iter().map(|(name, _)| name.as_str()).collect();
        names.sort_unstable();
        names
    }
}

/// What is written as the body.
#[derive(Clone)]
enum Body {
    Bytes(Vec<u8>),
    /// Writes until it has nothing more, or the client is gone.
    Stream(Arc<Writer>),
}

type Writer = dyn Fn(&mut dyn Write) -> std::io::Result<()> + Send + Sync;

/// How an answer misbehaves.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Manner {
    Whole,
    /// Nothing is ever sent.
    Silent,
    /// The body stops after so many bytes; the connection stays.
    Stall(usize),
    /// It is closed there.
    Cut(usize),
    /// The whole answer, head included, is sent byte by byte with so many milliseconds between.
    Drip(u64),
}

/// What is answered.
#[derive(Clone)]
pub(crate) struct Answer {
    status: u16,
    headers: Vec<(String, Vec<u8>)>,
    body: Body,
    manner: Manner,
    chunked: bool,
    keep: bool,
    /// Sent as they are instead of everything else.
    raw: Option<Vec<u8>>,
    claim: Option<String>,
    unconditional: bool,
    gather: Option<(usize, u64)>,
}

#[allow(dead_code, reason = "each test answers in another way")]
impl Answer {
    /// This status without a body.
    pub(crate) fn status(status: u16) -> Self {
        Self {
            status,
            headers: Vec::new(),
            body: Body::Bytes(Vec::new()),
            manner: Manner::Whole,
            chunked: false,
            keep: true,
            raw: None,
            claim: None,
            unconditional: false,
            gather: None,
        }
    }

    /// 200 with a feed.
    pub(crate) fn feed(body: impl Into<Vec<u8>>) -> Self {
        Self::status(200).header("Content-Type", "application/xml").body(body)
    }

    /// 200 with a page.
    pub(crate) fn page(body: impl Into<Vec<u8>>) -> Self {
        Self::status(200).header("Content-Type", "text/html; charset=utf-8").body(body)
    }

    /// A redirect.
    pub(crate) fn redirect(status: u16, to: &str) -> Self {
        Self::status(status).header("Location", to)
    }

    /// These bytes and nothing else, then the end of the connection.
    pub(crate) fn raw(bytes: impl Into<Vec<u8>>) -> Self {
        Self { raw: Some(bytes.into()), keep: false, ..Self::status(200) }
    }

    /// No answer at all; the connection stays open until the client gives up.
    pub(crate) fn silence() -> Self {
        Self { manner: Manner::Silent, ..Self::status(200) }
    }

    /// A body without an end, as fast as it is read.
    pub(crate) fn endless() -> Self {
        Self::stream(|out| {
            loop {
                out.write_all(&[b' '; 4096])?;
            }
        })
    }

    /// 200 with what is written, in chunks.
    pub(crate) fn stream(write: impl Fn(&mut dyn Write) -> std::io::Result<()> + Send + Sync + 'static) -> Self {
        Self { body: Body::Stream(Arc::new(write)), chunked: true, ..Self::status(200) }
    }

    pub(crate) fn header(mut self, name: &str, value: impl AsRef<[u8]>) -> Self {
        self.headers.push((name.to_owned(), value.as_ref().to_vec()));
        self
    }

    pub(crate) fn body(mut self, body: impl Into<Vec<u8>>) -> Self {
        self.body = Body::Bytes(body.into());
        self
    }

    /// With an `ETag`; who sends it back is told that nothing changed.
    pub(crate) fn etag(self, value: impl AsRef<[u8]>) -> Self {
        self.header("ETag", value)
    }

    /// With a `Last-Modified`; who sends it back is told that nothing changed.
    pub(crate) fn last_modified(self, value: impl AsRef<[u8]>) -> Self {
        self.header("Last-Modified", value)
    }

    /// Never 304.
    pub(crate) fn unconditional(mut self) -> Self {
        self.unconditional = true;
        self
    }

    /// Packs the body that was given before.
    pub(crate) fn gzip(mut self) -> Self {
        if let Body::Bytes(bytes) = &self.body {
            self.body = Body::Bytes(gzip(bytes));
        }
        self.header("Content-Encoding", "gzip")
    }

    /// Packs the body that was given before.
    pub(crate) fn brotli(mut self) -> Self {
        if let Body::Bytes(bytes) = &self.body {
            self.body = Body::Bytes(brotli(bytes));
        }
        self.header("Content-Encoding", "br")
    }

    pub(crate) fn chunked(mut self) -> Self {
        self.chunked = true;
        self
    }

    /// Closes the connection afterwards.
    pub(crate) fn close(mut self) -> Self {
        self.keep = false;
        self
    }

    /// Stops after so many bytes of the body and waits.
    pub(crate) fn stall(mut self, after: usize) -> Self {
        self.manner = Manner::Stall(after);
        self
    }

    /// Closes after so many bytes of the body.
    pub(crate) fn cut(mut self, after: usize) -> Self {
        self.manner = Manner::Cut(after);
        self
    }

    /// Sends one byte each so many milliseconds.
    pub(crate) fn drip(mut self, millis: u64) -> Self {
        self.manner = Manner::Drip(millis);
        self
    }

    /// Says this as `Content-Length`, whatever is true.
    pub(crate) fn claim(mut self, length: impl std::fmt::Display) -> Self {
        self.claim = Some(format!("{length}"));
        self
    }

    /// Answers only when so many requests wait for an answer, or after so many milliseconds: to see whether that many come at once.
    pub(crate) fn gather(mut self, count: usize, millis: u64) -> Self {
        self.gather = Some((count, millis));
        self
    }

    fn own(&self, name: &str) -> Option<&[u8]> {
        self.headers.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_slice())
    }

    /// The answer to who may have it already (RFC 9110 §13.2.2).
    fn to(self, seen: &Seen) -> Self {
        if self.status != 200 || self.unconditional {
            return self;
        }
        let is_known = match seen.header("if-none-match") {
            Some(etag) => self.own("etag") == Some(etag),
            None => seen.header("if-modified-since").is_some_and(|date| self.own("last-modified") == Some(date)),
        };
        if !is_known {
            return self;
        }
        let headers = self.headers.into_iter().filter(|(name, _)| !name.to_ascii_lowercase().starts_with("content-")).collect();
        Self { status: 304, headers, body: Body::Bytes(Vec::new()), chunked: false, claim: None, manner: Manner::Whole, ..self }
    }
}

type Handler = Arc<dyn Fn(&Seen) -> Answer + Send + Sync>;

#[derive(Default)]
struct Shared {
    routes: Mutex<BTreeMap<String, Handler>>,
    seen: Mutex<Vec<Seen>>,
    /// Requests that are being answered, and how many they were at most since there were none.
    in_flight: Mutex<(usize, usize)>,
    changed: Condvar,
    connections: AtomicUsize,
    sent: AtomicU64,
    time: Option<Manual>,
    stops: AtomicBool,
    tls: Option<Arc<rustls::ServerConfig>>,
}

/// The server.
pub(crate) struct Server {
    address: SocketAddr,
    shared: Arc<Shared>,
    /// Accepts connections.
    door: Option<JoinHandle<()>>,
}

#[allow(dead_code, reason = "each test starts it in another way")]
impl Server {
    /// At 127.0.0.1.
    pub(crate) fn start() -> Self {
        Self::start_at("127.0.0.1")
    }

    /// At this address of this machine: `127.0.0.2`, `::1`; at all of them: `0.0.0.0`.
    pub(crate) fn start_at(address: &str) -> Self {
        Self::begin(address, Shared::default())
    }

    /// At 127.0.0.1; the requests are noted with this time.
    pub(crate) fn with_time(time: &Manual) -> Self {
        Self::begin("127.0.0.1", Shared { time: Some(time.clone()), ..Shared::default() })
    }

    /// At 127.0.0.1 with TLS: see [`tls`].
    pub(crate) fn with_tls() -> Self {
        Self::begin("127.0.0.1", Shared { tls: Some(Arc::new(tls())), ..Shared::default() })
    }

    /// The same with a certificate that nobody but itself signed.
    pub(crate) fn with_tls_of_its_own() -> Self {
        Self::begin("127.0.0.1", Shared { tls: Some(Arc::new(tls_with(include_bytes!("tls/self.test.der")))), ..Shared::default() })
    }

    fn begin(address: &str, shared: Shared) -> Self {
        let address: IpAddr = address.parse().unwrap();
        let listener = TcpListener::bind((address, 0)).unwrap();
        let address = listener.local_addr().unwrap();
        let shared = Arc::new(shared);
        let of_thread = Arc::clone(&shared);
        let door = std::thread::spawn(move || {
            for stream in listener.incoming() {
                if of_thread.stops.load(Ordering::SeqCst) {
                    break;
                }
                let Ok(stream) = stream else { continue };
                let shared = Arc::clone(&of_thread);
                let number = shared.connections.fetch_add(1, Ordering::SeqCst);
                std::thread::spawn(move || serve(stream, number, &shared));
            }
        });
        Self { address, shared, door: Some(door) }
    }

    /// Where it listens.
    pub(crate) fn address(&self) -> SocketAddr {
        self.address
    }

    /// The address of a path, by number.
    pub(crate) fn url(&self, path: &str) -> String {
        let host = if self.address.ip().is_unspecified() { IpAddr::V4(Ipv4Addr::LOCALHOST) } else { self.address.ip() };
        self.url_at(&SocketAddr::new(host, 0).to_string().replace(":0", ""), path)
    }

    /// The address of a path under another name or number that leads here.
    pub(crate) fn url_at(&self, host: &str, path: &str) -> String {
        let scheme = if self.shared.tls.is_some() { "https" } else { "http" };
        format!("{scheme}://{host}:{}{path}", self.address.port())
    }

    /// What is answered at this path from now on.
    pub(crate) fn route(&self, path: &str, answer: Answer) {
        self.route_by(path, move |_| answer.clone());
    }

    /// What is answered at this path, by request.
    pub(crate) fn route_by(&self, path: &str, answer: impl Fn(&Seen) -> Answer + Send + Sync + 'static) {
        self.shared.routes.lock().unwrap().insert(path.to_owned(), Arc::new(answer));
    }

    /// These answers at this path in turn, the last one for ever.
    pub(crate) fn route_in_turn(&self, path: &str, answers: Vec<Answer>) {
        let next = AtomicUsize::new(0);
        self.route_by(path, move |_| answers[next.fetch_add(1, Ordering::SeqCst).min(answers.len() - 1)].clone());
    }

    /// All that was asked so far, in order.
    pub(crate) fn requests(&self) -> Vec<Seen> {
        self.shared.seen.lock().unwrap().clone()
    }

    /// What was asked of this path.
    pub(crate) fn requests_to(&self, path: &str) -> Vec<Seen> {
        self.requests().into_iter().filter(|seen| seen.path == path).collect()
    }

    /// Forgets what was asked.
    pub(crate) fn forget(&self) {
        self.shared.seen.lock().unwrap().clear();
    }

    /// Bytes of bodies that went out.
    pub(crate) fn sent(&self) -> u64 {
        self.shared.sent.load(Ordering::SeqCst)
    }

    /// How many connections were opened.
    pub(crate) fn connections(&self) -> usize {
        self.shared.connections.load(Ordering::SeqCst)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.shared.stops.store(true, Ordering::SeqCst);
        self.shared.changed.notify_all();
        let ip = if self.address.ip().is_unspecified() { IpAddr::V4(Ipv4Addr::LOCALHOST) } else { self.address.ip() };
        // So that it looks up, and nobody gets in after this.
        if TcpStream::connect_timeout(&SocketAddr::new(ip, self.address.port()), Duration::from_secs(1)).is_ok() {
            let _ = self.door.take().map(JoinHandle::join);
        }
    }
}

/// What a server needs for TLS: a certificate for `a.test` and 127.0.0.1 that the authority in `tls/authority.der` signed.
pub(crate) fn tls() -> rustls::ServerConfig {
    tls_with(include_bytes!("tls/a.test.der"))
}

fn tls_with(certificate: &'static [u8]) -> rustls::ServerConfig {
    use rustls::pki_types::{CertificateDer, PrivateKeyDer};
    let key = PrivateKeyDer::try_from(include_bytes!("tls/a.test.key.der").as_slice()).unwrap();
    let chain = vec![CertificateDer::from(certificate)];
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = rustls::ServerConfig::builder_with_provider(provider).with_safe_default_protocol_versions().unwrap();
    config.with_no_client_auth().with_single_cert(chain, key).unwrap()
}

/// A connection, with or without TLS.
enum Wire {
    Plain(TcpStream),
    Tls(Box<rustls::StreamOwned<rustls::ServerConnection, TcpStream>>),
}

impl Read for Wire {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        match self {
            Self::Plain(stream) => stream.read(buffer),
            Self::Tls(stream) => stream.read(buffer),
        }
    }
}

impl Write for Wire {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        match self {
            Self::Plain(stream) => stream.write(bytes),
            Self::Tls(stream) => stream.write(bytes),
        }
    }

    fn flush(&mut self) -> std::io::Result<()> {
        match self {
            Self::Plain(stream) => stream.flush(),
            Self::Tls(stream) => stream.flush(),
        }
    }
}

fn serve(stream: TcpStream, connection: usize, shared: &Shared) {
    let _ = stream.set_nodelay(true);
    let Ok(closer) = stream.try_clone() else { return };
    let mut wire = match &shared.tls {
        Some(config) => Wire::Tls(Box::new(rustls::StreamOwned::new(rustls::ServerConnection::new(Arc::clone(config)).unwrap(), stream))),
        None => Wire::Plain(stream),
    };
    let mut rest = Vec::new();
    while let Some(mut seen) = read_request(&mut wire, &mut rest) {
        seen.connection = connection;
        seen.millis = shared.time.as_ref().map(Manual::millis);
        seen.in_flight = change(shared, 1);
        let handler = shared.routes.lock().unwrap().get(&seen.path).cloned();
        shared.seen.lock().unwrap().push(seen.clone());
        let answer = handler.map_or_else(|| Answer::status(404), |handler| handler(&seen)).to(&seen);
        if let Some((count, millis)) = answer.gather {
            await_company(shared, count, millis);
        }
        let asks_to_close = seen.text("connection").is_some_and(|value| value.eq_ignore_ascii_case("close"));
        let keeps = answer.keep && !asks_to_close && answer.manner == Manner::Whole && answer.raw.is_none();
        // Before the last byte: who has the whole answer may ask again at once.
        change(shared, -1);
        if write_answer(&mut wire, &answer, keeps, shared).is_err() || !keeps {
            break;
        }
    }
    if let Wire::Tls(stream) = &mut wire {
        stream.conn.send_close_notify();
        let _ = stream.flush();
    }
    let _ = closer.shutdown(Shutdown::Both);
}

fn change(shared: &Shared, by: isize) -> usize {
    let mut count = shared.in_flight.lock().unwrap();
    count.0 = count.0.saturating_add_signed(by);
    count.1 = if count.0 == 0 { 0 } else { count.1.max(count.0) };
    shared.changed.notify_all();
    count.0
}

fn await_company(shared: &Shared, count: usize, millis: u64) {
    let guard = shared.in_flight.lock().unwrap();
    // The first of them may be gone already when the others look.
    let is_alone = |(_, most): &mut (usize, usize)| *most < count && !shared.stops.load(Ordering::SeqCst);
    drop(shared.changed.wait_timeout_while(guard, Duration::from_millis(millis), is_alone).unwrap());
}

fn read_request(wire: &mut Wire, rest: &mut Vec<u8>) -> Option<Seen> {
    let mut buffer = [0; 4096];
    let end = loop {
        if let Some(end) = rest.windows(4).position(|window| window == b"\r\n\r\n") {
            break end;
        }
        match wire.read(&mut buffer) {
            Ok(count) if count > 0 => rest.extend_from_slice(&buffer[..count]),
            _ => return None,
        }
        if !rest[0].is_ascii_alphabetic() {
            // TLS, to a server without.
            let _ = wire.write_all(b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
            return None;
        }
    };
    let head: Vec<u8> = rest.drain(..end + 4).take(end).collect();
    let mut lines = head.split(|byte| *byte == b'\n').map(|line| line.strip_suffix(b"\r").unwrap_or(line));
    let first = String::from_utf8_lossy(lines.next()?).into_owned();
    let mut words = first.split(' ');
    let (method, target) = (words.next()?.to_owned(), words.next()?.to_owned());
    let headers: Vec<(String, Vec<u8>)> = lines
        .filter_map(|line| {
            let colon = line.iter().position(|byte| *byte == b':')?;
            let value = &line[colon + 1..];
            Some((String::from_utf8_lossy(&line[..colon]).to_ascii_lowercase(), value.strip_prefix(b" ").unwrap_or(value).to_vec()))
        })
        .collect();
    let length = headers.iter().find(|(name, _)| name == "content-length").and_then(|(_, value)| String::from_utf8_lossy(value).parse().ok());
    let length: usize = length.unwrap_or(0);
    while rest.len() < length {
        match wire.read(&mut buffer) {
            Ok(count) if count > 0 => rest.extend_from_slice(&buffer[..count]),
            _ => return None,
        }
    }
    let body = rest.drain(..length).collect();
    let path = match target.split_once("://") {
        Some((_, after)) => after.find('/').map_or("/", |at| &after[at..]),
        None => &target,
    };
    let path = path.split('?').next().unwrap().to_owned();
    Some(Seen { method, target, path, headers, body, millis: None, in_flight: 0, connection: 0 })
}

/// Counts what goes out, and packs it in chunks.
struct Out<'a> {
    wire: &'a mut Wire,
    chunked: bool,
    sent: &'a AtomicU64,
}

impl Write for Out<'_> {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        if bytes.is_empty() {
            return Ok(0);
        }
        if self.chunked {
            let mut chunk = format!("{:x}\r\n", bytes.len()).into_bytes();
            chunk.extend_from_slice(bytes);
            chunk.extend_from_slice(b"\r\n");
            self.wire.write_all(&chunk)?;
        } else {
            self.wire.write_all(bytes)?;
        }
        self.sent.fetch_add(bytes.len() as u64, Ordering::SeqCst);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        self.wire.flush()
    }
}

fn write_answer(wire: &mut Wire, answer: &Answer, keeps: bool, shared: &Shared) -> std::io::Result<()> {
    if let Some(raw) = &answer.raw {
        wire.write_all(raw)?;
        return wire.flush();
    }
    if answer.manner == Manner::Silent {
        return wait_for_the_end(wire);
    }
    let mut head = format!("HTTP/1.1 {} Told\r\n", answer.status).into_bytes();
    for (name, value) in &answer.headers {
        head.extend_from_slice(name.as_bytes());
        head.extend_from_slice(b": ");
        head.extend_from_slice(value);
        head.extend_from_slice(b"\r\n");
    }
    let length = match (&answer.claim, &answer.body) {
        (Some(claim), _) => Some(claim.clone()),
        (None, Body::Bytes(bytes)) if !answer.chunked && answer.status != 304 => Some(bytes.len().to_string()),
        _ => None,
    };
    if let Some(length) = length {
        head.extend_from_slice(format!("Content-Length: {length}\r\n").as_bytes());
    }
    if answer.chunked {
        head.extend_from_slice(b"Transfer-Encoding: chunked\r\n");
    }
    if !keeps {
        head.extend_from_slice(b"Connection: close\r\n");
    }
    head.extend_from_slice(b"\r\n");
    if let Manner::Drip(millis) = answer.manner {
        if let Body::Bytes(bytes) = &answer.body {
            head.extend_from_slice(bytes);
        }
        return drip(wire, &head, millis, shared);
    }
    // Small answers in one piece.
    if let (Body::Bytes(bytes), false, Manner::Whole) = (&answer.body, answer.chunked, answer.manner) {
        head.extend_from_slice(bytes);
        shared.sent.fetch_add(bytes.len() as u64, Ordering::SeqCst);
        wire.write_all(&head)?;
        return wire.flush();
    }
    wire.write_all(&head)?;
    let mut out = Out { wire, chunked: answer.chunked, sent: &shared.sent };
    match &answer.body {
        Body::Stream(write) => write(&mut out)?,
        Body::Bytes(bytes) => {
            let end = match answer.manner {
                Manner::Cut(after) | Manner::Stall(after) => after.min(bytes.len()),
                _ => bytes.len(),
            };
            for piece in bytes[..end].chunks(1000) {
                out.write_all(piece)?;
            }
        }
    }
    out.flush()?;
    match answer.manner {
        Manner::Stall(_) => wait_for_the_end(wire),
        Manner::Cut(_) => Ok(()),
        _ if answer.chunked => wire.write_all(b"0\r\n\r\n").and_then(|()| wire.flush()),
        _ => Ok(()),
    }
}

/// Until the client has had enough.
fn wait_for_the_end(wire: &mut Wire) -> std::io::Result<()> {
    let mut buffer = [0; 64];
    while wire.read(&mut buffer)? > 0 {}
    Ok(())
}

fn drip(wire: &mut Wire, bytes: &[u8], millis: u64, shared: &Shared) -> std::io::Result<()> {
    for byte in bytes {
        wire.write_all(&[*byte])?;
        wire.flush()?;
        let guard = shared.in_flight.lock().unwrap();
        drop(shared.changed.wait_timeout_while(guard, Duration::from_millis(millis), |_| !shared.stops.load(Ordering::SeqCst)).unwrap());
    }
    Ok(())
}

/// Packed.
pub(crate) fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

/// Packed.
pub(crate) fn brotli(bytes: &[u8]) -> Vec<u8> {
    let mut packed = Vec::new();
    brotli::CompressorWriter::new(&mut packed, 4096, 5, 22).write_all(bytes).unwrap();
    packed
}
