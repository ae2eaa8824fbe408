"""Attacks on a running instance, over loopback. scripts/fuzz calls it.

Usage: attacks.py GATEWAY_PORT SERVICE=PORT,PORT,... ...
"""

import sys
import traceback

import inside
import paths
import sizes
import smuggling
from wire import get, pids

ATTACKS = [
    smuggling.no_second_request_hides_in_a_body,
    smuggling.no_upgrade_opens_a_tunnel,
    smuggling.what_is_no_request_is_refused,
    paths.nothing_behind_the_gateway_is_reached,
    paths.no_service_answers_for_another,
    paths.nothing_that_is_echoed_makes_a_header,
    paths.answers_say_what_browsers_may_do,
    sizes.nested_json_of_10_mb_is_refused,
    sizes.a_hundred_thousand_parameters_are_refused,
    sizes.huge_heads_are_refused,
    sizes.bombs_of_pixels_do_not_go_off,
    sizes.a_body_that_is_compressed_is_not_unpacked,
    inside.no_picture_is_fetched_from_inside,
]


class World:
    """The instance under attack."""

    def __init__(self, gateway, services):
        self.gateway = gateway
        self.services = services

    def replicas(self, service):
        return self.services[service]

    def replica(self, service):
        return self.services[service][0]

    def memory(self, *services):
        return sizes.memory(self, *services)

    def processes(self):
        return {name: [pids(port) for port in ports] for name, ports in self.services.items()}


def main(gateway, *services):
    parts = (service.split("=") for service in services)
    world = World(int(gateway), {name: [int(port) for port in ports.split(",")] for name, ports in parts})
    before = world.processes()

    def every_process_has_outlived_it(world):
        assert world.processes() == before
        for name in world.services:
            assert get(world.gateway, f"/health/{name}").status == 200, name

    failed = 0
    for attack in [*ATTACKS, every_process_has_outlived_it]:
        try:
            note = attack(world)
            print(f"test attack::{attack.__name__} ... ok {note or ''}".rstrip(), flush=True)
        except Exception:  # The others are tried all the same.
            failed += 1
            print(f"test attack::{attack.__name__} ... FAILED\n{traceback.format_exc()[-3000:]}", flush=True)
    print(f"attack result: {len(ATTACKS) + 1 - failed} passed; {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
