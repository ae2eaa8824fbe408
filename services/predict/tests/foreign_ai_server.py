"""An AI server as somebody else would write it: on another client (pika), knowing only what
the contract says of the queues.

Usage: foreign_ai_server.py AMQP_URL BEHAVIOUR

It prints a line of JSON for each thing it does. BEHAVIOUR:
  answer    answers each job with 31 numbers: 100, 200, ...
  long      answers with 40 numbers
  short     answers with 30 numbers
  text      answers with something that is no array
  die       takes one job, and dies with it
  drain     answers as "answer" does, and drops requests whose job has expired
  hold      takes one job, and never answers; who starts it ends it
"""

import json
import os
import signal
import sys

import pika

url, behaviour = sys.argv[1:]
ANSWERS = {
    "answer": json.dumps([100 * day for day in range(1, 32)]),
    "drain": json.dumps([100 * day for day in range(1, 32)]),
    "long": json.dumps([day + 0.5 for day in range(1, 41)]),
    "short": json.dumps(list(range(30))),
    "text": "no idea",
}


def say(**what):
    print(json.dumps(what, ensure_ascii=False), flush=True)


def exists(queue):
    probe = connection.channel()
    try:
        probe.queue_declare(queue, passive=True)
        probe.close()
        return True
    except pika.exceptions.ChannelClosedByBroker:
        return False


def on_request(channel, method, properties, body):
    uuid = body.decode()
    if behaviour == "drain" and not exists(uuid):
        channel.basic_ack(method.delivery_tag)
        return
    channel.queue_declare(uuid, durable=True)
    got, about, job = channel.basic_get(uuid, auto_ack=behaviour not in ("die", "hold"))
    messages = [one for one in (properties, about) if one]
    say(
        uuid=uuid,
        redelivered=method.redelivered,
        job=job and json.loads(job),
        correlation_ids=[one.correlation_id for one in messages],
        request_ids=[(one.headers or {}).get("request_id") for one in messages],
    )
    if behaviour == "die":
        os.kill(os.getpid(), signal.SIGKILL)
    if behaviour == "hold":
        return
    if got is None:
        # It is on its way back from a server that died: RabbitMQ gives back requests and jobs
        # in any order.
        channel.basic_nack(method.delivery_tag)
        return
    channel.queue_declare(uuid + "_r", durable=True)
    channel.basic_publish("", uuid + "_r", ANSWERS[behaviour])
    channel.basic_ack(method.delivery_tag)
    say(answered=uuid)


connection = pika.BlockingConnection(pika.URLParameters(url))
channel = connection.channel()
channel.queue_declare("request_ai_process", durable=True)
channel.basic_qos(prefetch_count=1)
channel.basic_consume("request_ai_process", on_request)
say(ready=True)
channel.start_consuming()
