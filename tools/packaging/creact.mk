# creact.mk: `include` this, and `make app` compiles app.tsx, again only when it or something that it imports changed.
#
#   CREACTC       the compiler (default: the one that was installed with this file)
#   CREACTFLAGS   its flags
creact_folder := $(dir $(abspath $(lastword $(MAKEFILE_LIST))))
CREACTC ?= $(abspath $(creact_folder)/../../bin/creactc)
CREACTFLAGS ?=

%: %.tsx
	$(CREACTC) $(CREACTFLAGS) -MD -MF $@.d -o $@ $<

# What was found out by the last compilation. The rules in there must not become the default goal.
creact_goal := $(.DEFAULT_GOAL)
-include $(patsubst %.tsx,%.d,$(wildcard *.tsx))
.DEFAULT_GOAL := $(creact_goal)
