# How the tools are compiled: one source each, one library.  A kill leaves none
# that is half-written.
CC       ?= cc
CFLAGS   ?= -O2 -g
WARN      = -std=c11 -Wall -Wextra -Wshadow -Wmissing-prototypes -Wwrite-strings
CPPFLAGS  = -D_GNU_SOURCE -I$(top)tools
LDLIBS   ?= -lcjson -lcurl -lseccomp -lmd -lz -lm

lib := $(patsubst %.c,%.o,$(wildcard $(addprefix $(top)tools/,lib/*.c net/*.c page/*.c see/*.c)))
bin := $(patsubst %.c,%,$(wildcard $(top)tools/*.c))

tools: $(bin)
$(bin): %: %.o $(top)tools/lib/lib.a
	$(call say,LD) $(CC) $(CFLAGS) -Wl,--as-needed $(LDFLAGS) -o $@.tmp $^ $(LDLIBS) && mv $@.tmp $@
$(bin:%=%.o) $(lib): %.o: %.c $(addprefix $(top)tools/,lib/lib.h net/net.h page/page.h see/see.h)
	$(call say,CC) $(CC) $(WARN) $(CPPFLAGS) $(CFLAGS) -c -o $@.tmp $< && mv $@.tmp $@
$(top)tools/lib/lib.a: $(lib)
	$(call say,AR) rm -f $@.tmp; $(AR) rcs $@.tmp $^ && mv $@.tmp $@
say = $(if $V,,@printf '  %-4s %s\n' $1 $@;)
.PHONY: tools
