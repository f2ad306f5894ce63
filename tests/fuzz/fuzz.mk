# How the fuzz targets are built: B/fuzz, for libFuzzer if CLANG is set, else on
# its own.  What they try is compiled with sanitizers; the rest, which that leans
# on, is in the library of the tools.
try := $(addprefix lib/,account bare code column die fence field file gist ids \
	join json labels lax ledger lines metric nodes pick profile quoted reader \
	reply result score splice stream table text value worked) \
	$(addprefix net/,endpoint error origin pages rebuild refused sources \
	sse trouble url wait web web_arxiv web_hub web_kaggle web_services web_text \
	wire wire_anthropic wire_chat wire_gemini wire_responses) \
	$(addprefix see/,graph stale why)
objects := $(patsubst %.c,$B/%.o,$(wildcard tests/fuzz/*.c) $(try:%=tools/%.c))

flags := -std=c11 -D_GNU_SOURCE -Itools -fno-omit-frame-pointer \
	-fsanitize=address,undefined,float-cast-overflow -fno-sanitize-recover=undefined
ifdef CLANG
compile := $(CLANG) $(flags) -O1 -g -fsanitize=fuzzer-no-link
link    := $(CLANG) $(flags) -fsanitize=fuzzer
else
compile := $(CC) $(flags) -O0 -g1 -DALONE
link    := $(CC) $(flags)
endif

wrap := exit tool_folder printed malloc calloc realloc reallocarray free strdup strndup vasprintf

$B/fuzz: $(objects) tools/lib/lib.a
	$(link) -o $@ $^ $(wrap:%=-Wl,--wrap=%) \
		-lcjson -lcurl -lseccomp -lmd -lz -lm
$B/%.o: %.c tests/fuzz/fuzz.h tools/lib/lib.h tools/net/net.h tools/see/see.h tests/fuzz/fuzz.mk
	@mkdir -p $(@D)
	$(compile) -c -o $@ $<
$B/tools/lib/reader.o: private compile += -DSTART=256
$B/tests/fuzz/part.o: tools/part.c
$B/tests/fuzz/submission.o: tools/check-submission.c
$B/tests/fuzz/task.o: tools/read-task.c
$B/tests/fuzz/models.o: tools/search.c
$B/tests/fuzz/env.o: tools/net/secret.c
$B/tests/fuzz/hide.o: tools/net/hide.c
