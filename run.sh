#!/bin/bash
cd /tmp/room-model/wt; PYTHONPATH=/tmp/room-model/wt exec /work/rooms/model/.venv/bin/python "$@"
