"""moto's server as the tests need it: `python3 moto-server.py <port>`.

One request at a time is worked on: moto looks at a condition and writes in two steps, and with a thread for each request
two writers now and then both pass the look. S3 promises that they don't.

And it answers a queue that holds thousands of messages as quickly as one that holds ten. moto 5.2 counts all messages of a
queue, three times and with a date made for each, whenever it looks at any attribute of the queue: five times for each
message sent and six for each received. Here a count is taken when it is asked for. What is answered stays the same.
"""

import sys
import time
from collections.abc import Mapping
from functools import cache
from threading import Lock

from moto.core.utils import camelcase_to_underscores
from moto.server import DomainDispatcherApplication, create_backend_app
from moto.sqs import models
from werkzeug.serving import run_simple


class QueueAttributes(Mapping):
    """What `Queue.attributes` of moto gives, each value worked out when it is read."""

    def __init__(self, queue):
        self.queue = queue
        self.names = list(queue.BASE_ATTRIBUTES)
        if queue.fifo_queue:
            self.names += queue.FIFO_ATTRIBUTES
        if queue.kms_master_key_id:
            self.names += queue.KMS_ATTRIBUTES

    def __getitem__(self, name):
        if name not in self.names:
            raise KeyError(name)
        if name == "RedrivePolicy" and self.queue.redrive_policy:
            return models.json.dumps(self.queue.redrive_policy)
        value = getattr(self.queue, camelcase_to_underscores(name))
        return str(value).lower() if isinstance(value, bool) else value

    def __iter__(self):
        return iter(self.names)

    def __len__(self):
        return len(self.names)


models.Queue.attributes = property(QueueAttributes)
models.unix_time_millis = lambda: time.time() * 1000

# A host name is looked up among the patterns of all services, for every request.
DomainDispatcherApplication.get_backend_for_host = cache(DomainDispatcherApplication.get_backend_for_host)

moto = DomainDispatcherApplication(create_backend_app)
turn = Lock()


def answer_in_turn(environ, start_response):
    with turn:
        return list(moto(environ, start_response))


if __name__ == "__main__":
    run_simple("127.0.0.1", int(sys.argv[1]), answer_in_turn, threaded=True)
