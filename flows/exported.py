"""What is published beside the snapshot, and where."""

from flows.outcome import Published
from schemas.settings import Settings
from warehouse.export import export, is_exported
from warehouse.query import under_line


def exported(new: bool, settings: Settings) -> Published:
    """The CSV files beside the snapshot, written where it is new or, after a kill between the two, where they lack."""
    if new or not is_exported(settings.snapshot_file, settings.export_dir):
        export(settings.snapshot_file, settings.export_dir)
    return Published(
        new=new,
        snapshot=settings.snapshot_file,
        exports=settings.export_dir,
        under_line=under_line(settings.snapshot_file),
    )
