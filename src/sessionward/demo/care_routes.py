"""The addresses of what patients, doctors and administrators do here."""

from starlette.routing import BaseRoute, Route, WebSocketRoute

from sessionward.demo.clinic_settings import Settings
from sessionward.demo.pages import (
    administration,
    appointments,
    consultation,
    documents,
    forgotten,
    history,
    joining,
    patients,
    prescriptions,
    waiting_room,
    writing,
)


def care_routes(settings: Settings) -> list[BaseRoute]:
    """The pages of this clinic besides login and own account."""
    get, post = ["GET"], ["POST"]
    cancelling = ["GET", "POST"] if settings.protections.cancel_by_link else post
    return [
        Route("/register", joining.register_form, methods=get),
        Route("/register", joining.register, methods=post),
        Route("/register/{token}", joining.confirm_form, methods=get),
        Route("/register/{token}", joining.confirm, methods=post),
        Route("/reset", forgotten.reset_form, methods=get),
        Route("/reset", forgotten.ask_for_link, methods=post),
        Route("/reset/done", forgotten.reset_done, methods=get),
        Route("/reset/{token}", forgotten.new_password_form, methods=get),
        Route("/reset/{token}", forgotten.set_new_password, methods=post),
        Route("/appointments", appointments.appointments, methods=get),
        Route("/appointments/{slot_id}/book", appointments.book, methods=post),
        Route("/appointments/{slot_id}/cancel", appointments.cancel, methods=cancelling),
        Route("/messages", writing.messages, methods=get),
        Route("/messages", writing.send_message, methods=post),
        Route("/documents", documents.documents, methods=get),
        Route("/documents/{paper_id}", documents.download, methods=get),
        Route("/history", history.history, methods=get),
        Route("/history", history.save_history, methods=post),
        Route("/prescriptions", prescriptions.prescriptions, methods=get),
        Route("/waiting-room", waiting_room.waiting_room, methods=get),
        Route("/consultation", consultation.own_consultation, methods=get),
        Route("/consultation", consultation.say_in_own, methods=post),
        WebSocketRoute("/consultation/socket", consultation.own_socket),
        Route("/api/appointments", appointments.my_appointments, methods=get),
        Route("/api/waiting", waiting_room.waiting, methods=get),
        *_staff(),
    ]


def _staff() -> list[BaseRoute]:
    get, post = ["GET"], ["POST"]
    return [
        Route("/patients", patients.patients, methods=get),
        Route("/patients/{patient_id}", patients.patient, methods=get),
        Route("/patients/{patient_id}/prescribe", prescriptions.prescribing, methods=get),
        Route("/patients/{patient_id}/prescribe", prescriptions.prescribe, methods=post),
        Route("/patients/{patient_id}/consultation", consultation.patients_consultation, methods=get),
        Route("/patients/{patient_id}/consultation", consultation.say_to_patient, methods=post),
        WebSocketRoute("/patients/{patient_id}/consultation/socket", consultation.patients_socket),
        Route("/administration/accounts", administration.accounts, methods=get),
        Route(
            "/administration/accounts/{account_id}/end-sessions", administration.end_sessions, methods=post
        ),
    ]
