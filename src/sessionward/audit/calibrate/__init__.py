"""From recorded exchanges of logged-in browsers to requests that prove whose session answers."""

from sessionward.audit.calibrate.calibration import calibrate
from sessionward.audit.calibrate.material import Calibration, Material, Witness
from sessionward.audit.calibrate.replayer import successors

__all__ = ["Calibration", "Material", "Witness", "calibrate", "successors"]
