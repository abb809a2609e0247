from django.contrib.admin import AdminSite

desk = AdminSite(name="psd")
