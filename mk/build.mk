# How the tools are compiled: one source each, one library.  A kill leaves none
# that is half-written.
CC       ?= cc
CFLAGS   ?= -O2 -g
WARN      = -std=c11 -Wall -Wextra -Wshadow -Wmissing-prototypes -Wwrite-strings
CPPFLAGS  = -D_GNU_SOURCE -Itools
LDLIBS   ?= -lcjson -lcurl -lcsv -lseccomp -lmd -lz -lm

lib := $(patsubst %.c,%.o,$(wildcard $(addprefix tools/,lib/*.c net/*.c page/*.c see/*.c)))
bin := $(patsubst %.c,%,$(wildcard tools/*.c))

tools: $(bin)
$(bin): %: %.o tools/lib/lib.a
	$(call say,LD) $(CC) $(CFLAGS) -Wl,--as-needed $(LDFLAGS) -o $@.tmp $^ $(LDLIBS) && mv $@.tmp $@
$(bin:%=%.o) $(lib): %.o: %.c \
    tools/lib/lib.h tools/net/net.h tools/page/page.h tools/see/see.h
	$(call say,CC) $(CC) $(WARN) $(CPPFLAGS) $(CFLAGS) -c -o $@.tmp $< && mv $@.tmp $@
tools/lib/lib.a: $(lib)
	$(call say,AR) rm -f $@.tmp; $(AR) rcs $@.tmp $^ && mv $@.tmp $@
say = $(if $V,,@printf '  %-4s %s\n' $1 $@;)
.PHONY: tools
