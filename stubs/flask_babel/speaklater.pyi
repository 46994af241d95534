# At run time a LazyString is no str, but it can be used wherever one is shown. Saying so here lets
# it be the label of a form field without a cast at every field. Call str() where a real one counts.

class LazyString(str): ...
