//! Several requests at once, for those who want all answers and no schedule.

use super::{Client, Failure, Request, Response, run};
use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};

/// How many are under way at once; those to one host still keep their distance.
const AT_ONCE: usize = 16;

/// The answers to these requests, in their order.
pub fn gather(client: &Client, requests: Vec<Request>) -> Vec<Result<Response, Failure>> {
    let count = requests.len();
    let waiting: VecDeque<(usize, Request)> = requests.into_iter().enumerate().collect();
    let shared = Arc::new(Mutex::new((waiting, Vec::with_capacity(count))));
    let gathered = shared.clone();
    let client = client.clone();
    let ran = run(async move {
        let worker = |shared: Arc<Mutex<(VecDeque<(usize, Request)>, Vec<_>)>>, client: Client| async move {
            loop {
                let next = shared.lock().unwrap_or_else(PoisonError::into_inner).0.pop_front();
                let Some((at, request)) = next else { return };
                let answer = client.send(request).await;
                shared.lock().unwrap_or_else(PoisonError::into_inner).1.push((at, answer));
            }
        };
        let workers: Vec<_> = (0..AT_ONCE.min(count)).map(|_| tokio::spawn(worker(gathered.clone(), client.clone()))).collect();
        for worker in workers {
            // One that panics leaves its request without an answer, which is seen below.
            let _ = worker.await;
        }
    });
    let mut answers: Vec<Result<Response, Failure>> =
        (0..count).map(|_| Err(ran.clone().err().unwrap_or_else(|| Failure::Protocol("a fault of feedloom".to_owned())))).collect();
    let found = std::mem::take(&mut shared.lock().unwrap_or_else(PoisonError::into_inner).1);
    for (at, answer) in found {
        if let Some(place) = answers.get_mut(at) {
            *place = answer;
        }
    }
    answers
}
