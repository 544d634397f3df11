# Yours to change. The system's settings are in /etc/bash.bashrc, read before this file.
