# make install puts all that a person needs into PREFIX/lib/mlestar; the command,
# manual pages and completion go where they are looked for.  DESTDIR is a root
# to be packed.
PREFIX = /usr/local
prefix = $(call quoted,$(DESTDIR)$(PREFIX))

install: tools
	@$(top)mk/install $(prefix) $(call quoted,$(PYTHON))
uninstall:
	@$(top)mk/install -r $(prefix)
deb: tools
	@$(top)mk/deb $(VERSION)
.PHONY: install uninstall deb
