"""qpdf: is the file's own structure sound?"""

import subprocess
from pathlib import Path


def check(path: Path) -> list[str]:
    """Give what `qpdf --check` warns about or refuses in the file, a line each; [] is a sound file."""
    run = subprocess.run(["qpdf", "--check", str(path)], capture_output=True, text=True, check=False)
    return run.stderr.splitlines() or ([] if run.returncode == 0 else [f"qpdf ended with {run.returncode}"])
