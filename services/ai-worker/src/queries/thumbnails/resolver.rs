//! DNS resolution limited to public addresses.

use crate::domain::address::is_public;
use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use std::{io, net::SocketAddr, sync::Arc};

/// A resolver that returns only public addresses. The client connects to the returned addresses, so
/// DNS rebinding between the check and the connection has no effect.
pub(super) struct PublicResolver;

impl PublicResolver {
    pub(super) fn new() -> Arc<Self> {
        Arc::new(Self)
    }
}

impl Resolve for PublicResolver {
    fn resolve(&self, name: Name) -> Resolving {
        Box::pin(async move {
            let addresses = tokio::net::lookup_host((name.as_str(), 0)).await?;
            Ok(public_addresses(addresses)?)
        })
    }
}

/// The public addresses; an error if no address is public.
pub(super) fn public_addresses(addresses: impl Iterator<Item = SocketAddr>) -> io::Result<Addrs> {
    let public: Vec<SocketAddr> = addresses.filter(|address| is_public(address.ip())).collect();
    if public.is_empty() {
        return Err(io::Error::other("the name has no public address"));
    }
    Ok(Box::new(public.into_iter()))
}
