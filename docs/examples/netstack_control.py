"""A client of netstack4j's control socket. One connection is one thread; open two for two blocking calls at once."""
import json
import socket


class CallFailed(OSError):
    """A call of the stack failed; `errname` is Linux's name of the error."""

    def __init__(self, reply):
        super().__init__(reply["err"] + (": " + reply["msg"] if "msg" in reply else ""))
        self.errname = reply["err"]
        self.reply = reply


class Fault(Exception):
    """The request was not as the protocol says."""


class Connection:
    """A connection, greeted. Every op is `call("name", field=value, ...)`."""

    def __init__(self, path, session=None):
        self.socket = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self.socket.connect(path)
        self.lines = self.socket.makefile("rwb")
        hello = {"version": 1} if session is None else {"version": 1, "session": session}
        self.hello = self.call("hello", **hello)
        self.number = self.hello["conn"]

    def send(self, op, **fields):
        """Sends a request without waiting for the reply."""
        self.lines.write(json.dumps({"op": op, **fields}).encode() + b"\n")
        self.lines.flush()

    def receive(self):
        """The next line: a reply, or the notice that the call waits."""
        line = self.lines.readline()
        if not line:
            raise EOFError("the server closed the connection")
        return json.loads(line)

    def call(self, op, **fields):
        """Sends a request and returns its reply; raises what it fails with."""
        self.send(op, **fields)
        return self.result()

    def result(self):
        """The reply to the request that was sent before."""
        reply = self.receive()
        while reply.get("blocked"):
            reply = self.receive()
        if "err" in reply:
            raise CallFailed(reply)
        if "fault" in reply:
            raise Fault(reply["fault"] + ": " + reply["msg"])
        return reply

    def close(self):
        self.lines.close()
        self.socket.close()
