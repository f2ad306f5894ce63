"""submit: the script as it is; it refits on all rows and has no sample."""
import book


def reply(inputs, request):
    return book.fence(inputs["script"])
