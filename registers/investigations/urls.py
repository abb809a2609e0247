from django.urls import path

from registers.investigations.views import concerns

app_name = "investigations"
urlpatterns = [
    path("concerns/", concerns.about, name="concerns"),
    path("concerns/read/", concerns.read, name="read-concern"),
    path("concerns/send/<str:code>/", concerns.send, name="send-concern"),
]
