//! A web server that speaks HTTP/2 over TLS, with the certificate of the other one. It runs in the runtime of the caller and ends with it.

use h2::RecvStream;
use h2::server::SendResponse;
use http::Request;
use std::io::Cursor;
use std::net::SocketAddr;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsAcceptor;

/// The bytes of a body.
pub(crate) type Body = Cursor<Vec<u8>>;

/// How a request is answered.
type Handler = fn(&Request<RecvStream>, &mut SendResponse<Body>);

/// The server.
pub(crate) struct Server {
    pub(crate) address: SocketAddr,
    /// All that was asked so far, in order.
    pub(crate) seen: Arc<Mutex<Vec<Request<RecvStream>>>>,
    pub(crate) connections: Arc<AtomicUsize>,
}

/// At 127.0.0.1.
pub(crate) async fn start(handler: Handler) -> Server {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let server = Server { address: listener.local_addr().unwrap(), seen: Arc::default(), connections: Arc::default() };
    let (seen, connections) = (Arc::clone(&server.seen), Arc::clone(&server.connections));
    let mut config = super::server::tls();
    config.alpn_protocols = vec![b"h2".to_vec()];
    let acceptor = TlsAcceptor::from(Arc::new(config));
    tokio::spawn(async move {
        loop {
            let (stream, _) = listener.accept().await.unwrap();
            connections.fetch_add(1, Ordering::SeqCst);
            tokio::spawn(serve(stream, acceptor.clone(), handler, Arc::clone(&seen)));
        }
    });
    server
}

async fn serve(stream: TcpStream, acceptor: TlsAcceptor, handler: Handler, seen: Arc<Mutex<Vec<Request<RecvStream>>>>) {
    let Ok(stream) = acceptor.accept(stream).await else { return };
    let Ok(mut connection) = h2::server::Builder::new().handshake::<_, Body>(stream).await else { return };
    while let Some(Ok((request, mut respond))) = connection.accept().await {
        handler(&request, &mut respond);
        seen.lock().unwrap().push(request);
    }
}
