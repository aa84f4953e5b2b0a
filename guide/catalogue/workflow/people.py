"""Who works at the desk, and what each may do."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from guide.domain.errors import NotAllowedError


class Role(StrEnum):
    """What an account is for; each may do all that the one before may. The values are stored."""

    EDITOR = "editor"
    PUBLISHER = "publisher"
    ADMIN = "admin"


class Permission(StrEnum):
    """What somebody may be allowed to do."""

    EDIT = "edit"  # drafts, their review, what visitors suggest
    PUBLISH = "publish"  # what visitors see
    MANAGE = "manage"  # accounts, the whole log


_LEAST: Final[Mapping[Permission, Role]] = MappingProxyType(
    {Permission.EDIT: Role.EDITOR, Permission.PUBLISH: Role.PUBLISHER, Permission.MANAGE: Role.ADMIN}
)
_RANK: Final = {role: rank for rank, role in enumerate(Role)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """Somebody who does something: an account's name and role."""

    name: str
    role: Role

    def may(self, permission: Permission) -> bool:
        """Whether it is allowed to them."""
        return _RANK[self.role] >= _RANK[_LEAST[permission]]

    def require(self, permission: Permission) -> None:
        """Refuse what is not allowed.

        Raises:
            NotAllowedError: it is not.
        """
        if not self.may(permission):
            raise NotAllowedError(f"desk.may-not-{permission}")


COMMAND_LINE: Final = Actor(name="(command line)", role=Role.ADMIN)
"""Whoever can run commands on the server."""

VISITOR: Final = Actor(name="(visitor)", role=Role.EDITOR)
"""Whoever sends a suggestion: a name for the log, never one that acts at the desk."""

CLOCKWORK: Final = Actor(name="(scheduled)", role=Role.ADMIN)
"""The service itself, doing what somebody has asked for at a date."""
