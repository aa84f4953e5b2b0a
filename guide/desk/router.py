"""The desk put together: every handler, and what stands before all of them."""

from typing import Final

from litestar import Router
from litestar.di import Provide

from guide.desk.access import authorise, require_own_form
from guide.desk.accounts import own, people, sign_in, welcome
from guide.desk.at import provide_at
from guide.desk.drawing import measure
from guide.desk.entries import changes, conflict, edit, find, lists, meanwhile, past, together
from guide.desk.entries.lists import provide_asked
from guide.desk.files import arriving, leaving
from guide.desk.files.arriving import provide_previews
from guide.desk.forms import provide_form
from guide.desk.home import building, home, log
from guide.desk.photos import photos
from guide.desk.place import provide_place
from guide.desk.problems import exception_handlers
from guide.desk.suggestions import queue
from guide.desk.todo import todo

PATH: Final = "/desk"


def create_desk() -> Router:
    """The desk's addresses. The app's state has ``offices``, ``desk_pages``, ``previews`` and ``mail``."""
    return Router(
        path=PATH,
        route_handlers=[
            sign_in.get_sign_in,
            sign_in.post_sign_in,
            sign_in.post_sign_out,
            sign_in.post_language,
            welcome.get_welcome,
            welcome.post_welcome,
            own.get_account,
            own.post_password,
            own.post_sign_out_everywhere,
            people.get_people,
            people.post_people,
            people.post_link,
            people.post_change,
            log.get_log,
            log.get_area_log,
            home.get_first,
            home.get_go,
            home.get_home,
            home.get_found,
            building.get_building,
            find.get_find,
            measure.post_measure_slope,
            measure.post_measure_tour,
            measure.post_measure_closure,
            arriving.get_files,
            arriving.post_file,
            leaving.get_taken,
            arriving.get_preview,
            arriving.get_places,
            arriving.post_preview,
            photos.post_photo,
            photos.get_desk_photo,
            todo.get_todo,
            todo.post_todo,
            queue.get_suggestions,
            queue.post_accept,
            queue.post_refuse,
            together.get_publish,
            together.post_publish_many,
            edit.get_new,
            edit.post_check,
            lists.get_list,
            edit.post_new,
            edit.get_entry,
            edit.post_entry,
            meanwhile.get_meanwhile,
            conflict.post_merge,
            changes.get_changes,
            changes.post_review,
            changes.post_publish,
            past.get_history,
            past.post_restore,
        ],
        guards=[authorise],
        before_request=require_own_form,
        dependencies={
            "at": Provide(provide_at, sync_to_thread=True),
            "form": Provide(provide_form),
            "place": Provide(provide_place, sync_to_thread=True),
            "previews": Provide(provide_previews, sync_to_thread=False),
            "asked": Provide(provide_asked, sync_to_thread=False),
        },
        exception_handlers=exception_handlers(),
        include_in_schema=False,
    )
