"""An independent AI server with another AMQP client (pika), written from the contract of the
queues only.

Usage: python_ai_server.py AMQP_URL BEHAVIOUR

It prints each event as a line of JSON. BEHAVIOUR:
  reply      replies to each job with 31 numbers: 100, 200, ...
  long       replies with 40 numbers
  short      replies with 30 numbers
  malformed  replies with text that is not JSON
  crash      exits while it processes the first job
  drain      replies as "reply" does, and drops requests whose job has expired
  hold       holds the first job without a reply until it is killed
"""

import json
import os
import signal
import sys

import pika

url, behaviour = sys.argv[1:]
REPLIES = {
    "reply": json.dumps([100 * day for day in range(1, 32)]),
    "drain": json.dumps([100 * day for day in range(1, 32)]),
    "long": json.dumps([day + 0.5 for day in range(1, 41)]),
    "short": json.dumps(list(range(30))),
    "malformed": "no JSON",
}


def emit(**event):
    print(json.dumps(event, ensure_ascii=False), flush=True)


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
    got, job_properties, job = channel.basic_get(uuid, auto_ack=behaviour not in ("crash", "hold"))
    messages = [one for one in (properties, job_properties) if one]
    emit(
        uuid=uuid,
        redelivered=method.redelivered,
        job=job and json.loads(job),
        correlation_ids=[one.correlation_id for one in messages],
        request_ids=[(one.headers or {}).get("request_id") for one in messages],
    )
    if behaviour == "crash":
        os.kill(os.getpid(), signal.SIGKILL)
    if behaviour == "hold":
        return
    if got is None:
        # RabbitMQ has not requeued the job of a crashed server yet: it requeues requests and jobs
        # in any order.
        channel.basic_nack(method.delivery_tag)
        return
    channel.queue_declare(uuid + "_r", durable=True)
    channel.basic_publish("", uuid + "_r", REPLIES[behaviour])
    channel.basic_ack(method.delivery_tag)
    emit(replied=uuid)


connection = pika.BlockingConnection(pika.URLParameters(url))
channel = connection.channel()
channel.queue_declare("request_ai_process", durable=True)
channel.basic_qos(prefetch_count=1)
channel.basic_consume("request_ai_process", on_request)
emit(ready=True)
channel.start_consuming()
