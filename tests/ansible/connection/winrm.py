"""A connection that calls itself winrm and stays on this machine."""

from ansible.plugins.connection.local import Connection as Local

DOCUMENTATION = """
name: winrm
short_description: stays on this machine
description: Takes paths of Wine.
author: the iisdiag project
extends_documentation_fragment: [connection_pipelining]
"""


class Connection(Local):
    transport = "winrm"

    def fetch_file(self, in_path, out_path):
        super().fetch_file(in_path.removeprefix("Z:").replace("\\", "/"),
                           out_path)
