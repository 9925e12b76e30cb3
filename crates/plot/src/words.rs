//! Titles that every figure takes.

/// Gives a figure with a field `words` the methods that set its titles.
macro_rules! titled {
    () => {
        /// Sets the title.
        #[must_use]
        pub fn title(mut self, title: impl Into<String>) -> Self {
            self.words.title = title.into();
            self
        }

        /// Sets the title of the axis along the page.
        #[must_use]
        pub fn x_label(mut self, label: impl Into<String>) -> Self {
            self.words.x = label.into();
            self
        }

        /// Sets the title of the upright axis.
        #[must_use]
        pub fn y_label(mut self, label: impl Into<String>) -> Self {
            self.words.y = label.into();
            self
        }

        /// Sets a line of text below the figure.
        #[must_use]
        pub fn caption(mut self, caption: impl Into<String>) -> Self {
            self.words.caption = caption.into();
            self
        }
    };
}
pub(crate) use titled;

use crate::panel::Words;

impl Words {
    /// The lines below the figure: the user's, then those of the figure itself.
    pub(crate) fn notes(&self, own: impl IntoIterator<Item = String>) -> Vec<String> {
        let users = (!self.caption.is_empty()).then(|| self.caption.clone());
        users.into_iter().chain(own).collect()
    }

    /// The words of the panel: the figure's title stands above it already.
    pub(crate) fn untitled(&self) -> Self {
        Self { title: String::new(), ..self.clone() }
    }
}
