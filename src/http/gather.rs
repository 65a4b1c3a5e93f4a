//! Several requests at once, for those who want all answers and no schedule.
//!
//! In: requests. Out: their answers, in their order. It never asks one host more often than the client allows, and it is not for
//! thousands: each request waits in a task of its own.

use super::{Client, Failure, Request, Response, run};
use std::sync::Arc;
use tokio::sync::Semaphore;

/// How many are under way at once; those to one host still keep their distance.
const AT_ONCE: usize = 16;

/// The answers to these requests, in their order.
pub fn gather(client: &Client, requests: Vec<Request>) -> Vec<Result<Response, Failure>> {
    let count = requests.len();
    let answers = run(async {
        let seats = Arc::new(Semaphore::new(AT_ONCE));
        let ask = |request| {
            let (client, seats) = (client.clone(), Arc::clone(&seats));
            tokio::spawn(async move {
                // Nobody closes it, so that there is always a seat in the end.
                let _seat = seats.acquire().await;
                client.send(request).await
            })
        };
        let tasks: Vec<_> = requests.into_iter().map(ask).collect();
        let mut answers = Vec::with_capacity(count);
        for task in tasks {
            // One that panics has no answer; the others have.
            answers.push(task.await.unwrap_or_else(|_| Err(Failure::Protocol("a fault of feedloom".to_owned()))));
        }
        answers
    });
    answers.unwrap_or_else(|failure| vec![Err(failure); count])
}
